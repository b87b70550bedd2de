/** Vite converts these imports to the page's style sheet. */
declare module '*.css';
