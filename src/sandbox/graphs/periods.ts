/** What a picture looks back on. */
export interface Period {
  readonly name: 'day' | 'week' | 'month' | 'year';
  readonly days: number;
  /** Labels of the time axis, spread evenly from the left edge to the right one. */
  readonly labels: readonly string[];
  /** Share of the highest peak ever that this period reached. */
  readonly height: number;
}

export const PERIODS: readonly Period[] = [
  { name: 'day', days: 1, labels: ['-24 h', '-18 h', '-12 h', '-6 h', 'now'], height: 0.81 },
  { name: 'week', days: 7, labels: ['-7 d', '-6 d', '-5 d', '-4 d', '-3 d', '-2 d', '-1 d', 'now'], height: 0.9 },
  { name: 'month', days: 28, labels: ['-4 wk', '-3 wk', '-2 wk', '-1 wk', 'now'], height: 0.96 },
  { name: 'year', days: 365, labels: ['-12 mo', '-9 mo', '-6 mo', '-3 mo', 'now'], height: 1 },
];
