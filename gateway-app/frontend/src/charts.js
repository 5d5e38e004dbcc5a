import uPlot from "uplot";

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const units = ["B", "kB", "MB", "GB", "TB"];
function bytes(value) {
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}/s`;
}
function seconds(value) {
  return value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(value < 10 ? 1 : 0)} s`;
}
const percent = (value) => `${value.toFixed(value < 10 && value % 1 ? 1 : 0)} %`;

const kinds = {
  traffic: {
    format: bytes,
    least: 1000,
    series: [
      { label: "In", from: "in", color: "--series-1", fill: "--series-1-fill" },
      { label: "Out", from: "out", color: "--series-2", fill: "--series-2-fill" },
    ],
  },
  errors: {
    format: percent,
    least: 1,
    series: [{ label: "Failed", from: "errors", color: "--bad", fill: "--bad-fill", isMeasured: true }],
  },
  latency: {
    format: seconds,
    least: 0.01,
    series: [
      { label: "p50", from: "p50", color: "--series-1", isMeasured: true },
      { label: "p99", from: "p99", color: "--series-3", isMeasured: true },
    ],
  },
};

// Nothing was measured where the gateway says -1.
const known = (values) => values.map((value) => (value < 0 ? null : value));

function options(kind, width) {
  const axis = {
    stroke: css("--muted"),
    grid: { stroke: css("--line"), width: 1 },
    ticks: { show: false },
    font: "12px system-ui, sans-serif",
  };
  return {
    width,
    height: 190,
    padding: [12, 26, 0, 0],
    cursor: { y: false, points: { size: 7 } },
    legend: { live: true },
    scales: {
      y: { range: (_, least, most) => [0, Math.max(kind.least, (most || 0) * 1.1)] },
    },
    axes: [
      { ...axis, space: 70, values: [[3600, "{HH}:{mm}", null, null, null, null, null, null, 1], [60, "{HH}:{mm}", null, null, null, null, null, null, 1], [1, "{HH}:{mm}:{ss}", null, null, null, null, null, null, 1]] },
      { ...axis, size: 76, space: 36, values: (_, ticks) => ticks.map(kind.format) },
    ],
    series: [
      { label: "Time", value: "{HH}:{mm}:{ss}" },
      ...kind.series.map((series) => ({
        label: series.label,
        stroke: css(series.color),
        fill: series.fill ? css(series.fill) : undefined,
        width: 2,
        spanGaps: true,
        points: { show: Boolean(series.isMeasured), size: 5 },
        value: (_, value) => (value == null ? "–" : kind.format(value)),
      })),
    ],
  };
}

class Chart {
  constructor(element) {
    this.element = element;
    this.kind = kinds[element.dataset.chart];
    this.data = [[], ...this.kind.series.map(() => [])];
    this.draw();
    new ResizeObserver(() => this.resize()).observe(element);
  }

  draw() {
    this.plot?.destroy();
    this.plot = new uPlot(options(this.kind, this.width()), this.data, this.element);
    this.plot.over.addEventListener("mouseleave", () => setTimeout(() => this.showLast()));
    this.showLast();
  }

  // The legend tells of what is pointed at, else of now.
  showLast() {
    if (!(this.plot.cursor.left >= 0) && this.data[0].length > 0) {
      this.plot.setLegend({ idx: this.data[0].length - 1 }, false);
    }
  }

  width() {
    return Math.max(200, this.element.clientWidth);
  }

  resize() {
    if (this.plot.width !== this.width()) {
      this.plot.setSize({ width: this.width(), height: 190 });
    }
  }

  show(answer) {
    this.data = [answer.t, ...this.kind.series.map((series) => known(answer[series.from]))];
    this.plot.setData(this.data);
    this.showLast();
    this.element.dataset.points = answer.t.length;
  }
}

export function startCharts() {
  const charts = [...document.querySelectorAll("[data-chart]")].map((e) => new Chart(e));
  if (charts.length === 0) {
    return;
  }
  const source = charts[0].element.dataset.source;
  let span = "hour";
  const load = async () => {
    try {
      const answer = await fetch(`${source}?span=${span}`, { credentials: "same-origin" });
      if (answer.ok) {
        const series = await answer.json();
        charts.forEach((chart) => chart.show(series));
      }
    } catch {
      // The next event tries again.
    }
  };
  document.querySelectorAll("[data-span]").forEach((button) =>
    button.addEventListener("click", () => {
      span = button.dataset.span;
      document
        .querySelectorAll("[data-span]")
        .forEach((b) => b.setAttribute("aria-pressed", String(b === button)));
      load();
    }),
  );
  document.getElementById("samples").addEventListener("htmx:sseBeforeMessage", (event) => {
    event.preventDefault();
    load();
  });
  document.addEventListener("raic:theme", () => charts.forEach((chart) => chart.draw()));
  load();
}
