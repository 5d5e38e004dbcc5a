// Says whether the page is live. What is new is fetched by the page's own hx-trigger="sse:...".
export function startStream() {
  const sign = document.getElementById("live");
  const say = (isLive) => {
    if (sign) {
      sign.hidden = false;
      sign.dataset.live = isLive;
      sign.textContent = isLive ? "Live" : "Reconnecting";
    }
  };
  document.body.addEventListener("htmx:sseOpen", () => say(true));
  document.body.addEventListener("htmx:sseError", () => say(false));
  document.body.addEventListener("htmx:sseClose", () => say(false));
}
