// Compares the `rust-version` of Cargo.toml with what the dependencies ask for and with the toolchain that runs.

import { execFileSync } from 'node:child_process';

const cargo = (...options) => execFileSync('cargo', options, { encoding: 'utf8', maxBuffer: 1 << 28 });
const numbers = (version) => [0, 1, 2].map((part) => Number.parseInt(version.split('.')[part] ?? '0', 10));
const isOlder = (one, other) => {
  const [a, b] = [numbers(one), numbers(other)];
  const part = a.findIndex((number, index) => number !== b[index]);
  return part >= 0 && a[part] < b[part];
};

const { packages, workspace_members: members } = JSON.parse(cargo('metadata', '--locked', '--format-version', '1'));
const stated = packages.find(({ id }) => members.includes(id)).rust_version;
const problems = packages
  .filter(({ rust_version: wanted }) => wanted && isOlder(stated, wanted))
  .map(({ name, version, rust_version: wanted }) => `${name} ${version} needs Rust ${wanted}, Cargo.toml states ${stated}`);
const running = cargo('--version').split(' ')[1];
if (isOlder(running, stated)) problems.push(`Cargo.toml states ${stated}, this is ${running}`);

const silent = packages.filter(({ rust_version: wanted }) => !wanted).map(({ name }) => name);
console.log(`rust-version ${stated}; running ${running}; ${packages.length} packages, ${silent.length} of them state none`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length ? 1 : 0;
