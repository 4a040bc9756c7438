import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Text that is worth squeezing; fonts and pictures are squeezed already. */
const TEXT = /\.(?:js|css|html|svg|json|txt)$/;

/** Bytes under which squeezing saves nothing on the wire. */
const SMALL = 1_024;

/** Lays a `.gz` beside every built text file: the server then sends it as it is, and squeezes nothing while it serves. */
export function gzipBeside(): Plugin {
  return {
    name: 'offstage:gzip',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir === undefined) return;
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !TEXT.test(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        const bytes = readFileSync(path);
        if (bytes.length < SMALL) continue;
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
      }
    },
  };
}
