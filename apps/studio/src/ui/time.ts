/** Seconds as players write them: `4:05`, `1:00:00`; with tenths `4:05.3`. What is begun does not count. */
export function clock(sec: number, { tenths = false } = {}): string {
  const whole = Math.max(0, tenths ? Math.floor(sec * 10) / 10 : Math.floor(sec));
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60];
  const seconds = (whole % 60).toFixed(tenths ? 1 : 0).padStart(tenths ? 4 : 2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}
