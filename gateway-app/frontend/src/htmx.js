// The extension looks for it on the window, and is imported after this.
import htmx from "htmx.org";

// The policy of the pages allows neither styles that scripts write into the page, nor eval.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.historyCacheSize = 0;
htmx.config.selfRequestsOnly = true;
window.htmx = htmx;
