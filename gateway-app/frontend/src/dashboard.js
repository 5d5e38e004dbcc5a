import "./htmx.js";
import "htmx-ext-sse";
import { startCharts } from "./charts.js";
import { startTheme } from "./theme.js";
import { startStream } from "./stream.js";

startTheme();
startCharts();
startStream();
