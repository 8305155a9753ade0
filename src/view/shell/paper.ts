/**
 * Calls whenever the page has been laid out for paper, and again when it is back on the screen: what observes sizes
 * hears of it only after it has been printed. Ends with the given function.
 */
export function watchPaper(measure: () => void): () => void {
  const paper = window.matchMedia('print');
  paper.addEventListener('change', measure);
  return () => paper.removeEventListener('change', measure);
}
