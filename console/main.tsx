import { render } from 'preact';
import { App } from './app.tsx';

const root = document.getElementById('console');
if (root) {
  // What says that the page is being read.
  root.textContent = '';
  render(<App />, root);
}
