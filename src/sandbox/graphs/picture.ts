import { Canvas, textWidth, type Color } from './canvas.js';
import { shortNumber, ticksUpTo } from './scale.js';
import type { Traffic } from './traffic.js';

const WIDTH = 600;
const HEIGHT = 220;
const PLOT = { left: 52, top: 32, width: 536, height: 136 };
const BOTTOM = PLOT.top + PLOT.height;

const INK: Color = [40, 40, 40];
const AXIS: Color = [110, 110, 110];
const GRID: Color = [222, 222, 222];
const IN: Color = [124, 196, 116];
const OUT: Color = [28, 78, 160];

/** One sample for each column of pixels. */
export const SAMPLES = PLOT.width;

/** A chart of two series: incoming traffic filled, outgoing as a line. */
export function picture(title: string, labels: readonly string[], traffic: Traffic): Canvas {
  const { incoming, outgoing } = traffic;
  const canvas = new Canvas(WIDTH, HEIGHT);
  canvas.text(8, 8, title, INK, 2);
  const ticks = ticksUpTo(Math.max(...incoming, ...outgoing));
  const top = ticks.at(-1) ?? 1;
  const yOf = (value: number) => BOTTOM - Math.round((value / top) * PLOT.height);

  for (const [column, value] of incoming.entries())
    canvas.fill(PLOT.left + column, yOf(value), 1, BOTTOM - yOf(value), IN);
  drawGrid(canvas, ticks.map(yOf), labels.length);
  drawLine(canvas, outgoing.map(yOf));
  drawAxes(canvas, ticks, yOf, labels);
  drawLegend(canvas, 8, 'in', IN, incoming);
  drawLegend(canvas, WIDTH / 2, 'out', OUT, outgoing);
  return canvas;
}

function drawGrid(canvas: Canvas, rows: readonly number[], columns: number): void {
  for (const y of rows) for (let x = 0; x < PLOT.width; x += 4) canvas.fill(PLOT.left + x, y, 2, 1, GRID);
  for (let index = 0; index < columns; index += 1)
    for (let y = 0; y < PLOT.height; y += 4) canvas.fill(columnX(index, columns), PLOT.top + y, 1, 2, GRID);
}

/** A line two pixels wide through one point a column, joined vertically. */
function drawLine(canvas: Canvas, points: readonly number[]): void {
  let before = points[0] ?? BOTTOM;
  for (const [column, y] of points.entries()) {
    canvas.fill(PLOT.left + column, Math.min(before, y) - 1, 1, Math.abs(before - y) + 2, OUT);
    before = y;
  }
}

function drawAxes(
  canvas: Canvas,
  ticks: readonly number[],
  yOf: (value: number) => number,
  labels: readonly string[],
): void {
  canvas.fill(PLOT.left - 1, PLOT.top, 1, PLOT.height + 1, AXIS);
  canvas.fill(PLOT.left - 1, BOTTOM, PLOT.width + 1, 1, AXIS);
  for (const tick of ticks) {
    const text = shortNumber(tick);
    canvas.fill(PLOT.left - 4, yOf(tick), 3, 1, AXIS);
    canvas.text(PLOT.left - 7 - textWidth(text), yOf(tick) - 3, text, INK);
  }
  for (const [index, label] of labels.entries()) {
    const x = columnX(index, labels.length);
    canvas.fill(x, BOTTOM, 1, 4, AXIS);
    canvas.text(Math.min(x - textWidth(label) / 2, WIDTH - 4 - textWidth(label)), BOTTOM + 8, label, INK);
  }
}

function drawLegend(canvas: Canvas, x: number, name: string, color: Color, series: readonly number[]): void {
  const mean = series.reduce((sum, value) => sum + value, 0) / series.length;
  canvas.fill(x, HEIGHT - 18, 10, 9, color);
  const figures = [
    `avg ${shortNumber(mean)}`,
    `max ${shortNumber(Math.max(...series))}`,
    `now ${shortNumber(series.at(-1) ?? 0)}`,
  ];
  canvas.text(x + 16, HEIGHT - 17, [name.padEnd(3), ...figures].join('  '), INK);
}

const columnX = (index: number, columns: number): number =>
  PLOT.left + Math.round((index / (columns - 1)) * (PLOT.width - 1));
