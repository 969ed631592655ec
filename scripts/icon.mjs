// Draws assets/icon.png: two machines of a rack, and the tick of whoever agreed. 512 pixels square, smooth at its edges.
import { mkdir, writeFile } from 'node:fs/promises';
import { encode } from 'fast-png';

const SIZE = 512;
/** Samples along each side of a pixel. */
const FINE = 4;

const box = (left, top, right, bottom, radius) => (x, y) => {
  const [dx, dy] = [
    Math.max(left + radius - x, 0, x - right + radius),
    Math.max(top + radius - y, 0, y - bottom + radius),
  ];
  return x >= left && x <= right && y >= top && y <= bottom && Math.hypot(dx, dy) <= radius;
};
const disc = (cx, cy, radius) => (x, y) => Math.hypot(x - cx, y - cy) <= radius;
/** A line with round ends. */
const stroke = (ax, ay, bx, by, width) => (x, y) => {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - at * (bx - ax), y - ay - at * (by - ay)) <= width / 2;
};

const [NIGHT, PAPER, SEA, MINT] = [
  [17, 42, 70],
  [242, 246, 250],
  [64, 110, 150],
  [46, 196, 144],
];
/** From back to front; the colour of the last one that covers a point is seen. */
const SHAPES = [
  [NIGHT, box(16, 16, 496, 496, 104)],
  [PAPER, box(92, 112, 420, 220, 30)],
  [PAPER, box(92, 250, 420, 358, 30)],
  ...[166, 304].flatMap(y => [
    [SEA, disc(146, y, 20)],
    [SEA, disc(206, y, 20)],
    [SEA, stroke(282, y, 366, y, 24)],
  ]),
  [NIGHT, disc(366, 358, 112)],
  [MINT, disc(366, 358, 92)],
  [PAPER, stroke(322, 362, 352, 392, 28)],
  [PAPER, stroke(352, 392, 410, 326, 28)],
];

const data = new Uint8Array(SIZE * SIZE * 4);
for (let y = 0; y < SIZE; y += 1)
  for (let x = 0; x < SIZE; x += 1) {
    const seen = [];
    for (let sample = 0; sample < FINE * FINE; sample += 1) {
      const [sx, sy] = [x + ((sample % FINE) + 0.5) / FINE, y + (Math.floor(sample / FINE) + 0.5) / FINE];
      const shape = SHAPES.findLast(([, covers]) => covers(sx, sy));
      if (shape) seen.push(shape[0]);
    }
    const mean = channel => Math.round(seen.reduce((sum, colour) => sum + colour[channel], 0) / seen.length);
    if (seen.length > 0)
      data.set([mean(0), mean(1), mean(2), Math.round((255 * seen.length) / FINE ** 2)], (y * SIZE + x) * 4);
  }

const folder = new URL('../assets/', import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL('icon.png', folder), encode({ width: SIZE, height: SIZE, data, channels: 4, depth: 8 }));
