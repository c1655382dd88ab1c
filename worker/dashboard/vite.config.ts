import { defineConfig } from 'vite'

// The page is served by the worker itself; `npm run dev` borrows a worker's data on its default port.
export default defineConfig({
  build: {
    outDir: 'target/page',
    emptyOutDir: true,
    target: 'es2022',
    // The page may load nothing but files of its own: no inlined data: scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    // The licences of what is bundled travel with it.
    license: { fileName: 'licenses.md' },
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } } },
})
