// A site in preview: a temporary folder of sources with `hallway serve` on it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)(\/\S*)?/;

// Writes `files` (path: text) into a new folder and serves it; `options` are added to the command.
export async function preview(files, options = []) {
  const folder = mkdtempSync(path.join(tmpdir(), 'hallway-preview-'));
  const site = folderOf(folder);
  for (const [name, text] of Object.entries(files)) site.write(name, text);
  let server = await start(folder, ['-p', '0', ...options]);
  const stage = {
    folder,
    url: (route) => server.address + route.replace(/^\//, ''),
    edit: async (name, text) => site.write(name, text),
    remove: async (name) => site.remove(name),
    stop: () => server.stop(),
    start: async () => {
      server = await start(folder, ['-p', server.port, '--strict-port', ...options]);
    },
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

// Writes and removes files below a folder.
export function folderOf(folder) {
  return {
    write(name, text) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    },
    remove: (name) => rmSync(path.join(folder, name), { recursive: true }),
  };
}

async function start(folder, options) {
  const program = path.resolve(process.env.HALLWAY ?? path.join(repository, 'target', 'release', 'hallway'));
  const child = spawn(program, ['serve', folder, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { said += text; });
  const lines = createInterface({ input: child.stdout });
  const printed = new Promise((found) => {
    lines.on('line', (line) => {
      said += `${line}\n`;
      const [address, port] = ADDRESS.exec(line) ?? [];
      if (address) found({ address, port });
    });
  });
  const { address, port } = await Promise.race([printed, ended.then(([code]) => {
    throw new Error(`hallway serve ended with ${code}: ${said}`);
  })]);
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
  };
  return { address: address.endsWith('/') ? address : `${address}/`, port, stop };
}
