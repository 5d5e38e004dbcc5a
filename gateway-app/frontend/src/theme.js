// Light or dark, as chosen, else as the system has it; a cookie, so that the page comes as it is.
export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function startTheme() {
  const button = document.getElementById("theme");
  if (!button) {
    return;
  }
  const show = () => {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isDark()));
    document.dispatchEvent(new Event("raic:theme"));
  };
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `raic-theme=${theme}; Path=/admin; Max-Age=31536000; SameSite=Strict${secure}`;
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();
}
