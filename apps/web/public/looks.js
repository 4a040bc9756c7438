// Runs before the first paint, so that a chosen theme never flashes. The same keys as src/lib/looks.ts.
try {
  const root = document.documentElement;
  const theme = localStorage.getItem('offstage.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  if (localStorage.getItem('offstage.transcript') === 'bubbles') root.dataset.transcript = 'bubbles';
} catch {
  // Storage is shut off: the system's theme it is.
}
