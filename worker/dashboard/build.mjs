// Builds and tests the page from Maven, and does nothing when nothing has changed.
//
//   node build.mjs build OUTPUT_FOLDER    npm ci, npm run build, copy to OUTPUT_FOLDER
//   node build.mjs test                   npm test
//   node build.mjs install-e2e            npm ci in e2e/
//
// What was done is remembered as a hash of everything it was made from, so a repeated build costs only the hashing.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const STAMP = '.voltage-stamp'

function filesUnder(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path).sort().flatMap((name) => filesUnder(join(path, name)))
}

function hashOf(...paths) {
  const hash = createHash('sha256').update(process.version)
  for (const file of paths.flatMap((path) => filesUnder(join(here, path)))) {
    hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function textOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function isStamped(folder, hash) {
  return textOf(join(folder, STAMP)) === hash
}

function stamp(folder, hash) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, STAMP), hash)
}

function npm(folder, ...args) {
  // npm is a script on Windows, which only a shell can start.
  const done = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' })
  if (done.error || done.status !== 0) {
    console.error(`${done.stdout ?? ''}${done.stderr ?? ''}`)
    console.error(`dashboard: "npm ${args.join(' ')}" failed in ${folder}` + (done.error ? `: ${done.error.message}` : ''))
    console.error('Node.js 20.19 or newer with its npm has to be on the PATH, and the npm registry has to be reachable once.')
    process.exit(1)
  }
  return done.stdout
}

function install(folder) {
  const hash = hashOf(join(folder, 'package.json'), join(folder, 'package-lock.json'))
  const modules = join(here, folder, 'node_modules')
  if (isStamped(modules, hash)) return
  console.log(`dashboard: installing the packages of ${resolve(here, folder)}`)
  npm(join(here, folder), 'ci', '--no-audit', '--no-fund')
  stamp(modules, hash)
}

const SOURCES = ['src', 'index.html', 'public', 'package-lock.json', 'package.json', 'vite.config.ts', 'tsconfig.json']

function build(output) {
  const page = join(here, 'target', 'page')
  const hash = hashOf('build.mjs', ...SOURCES)
  const stampFolder = join(here, 'target', 'built')
  if (!isStamped(stampFolder, hash) || !existsSync(join(page, 'index.html'))) {
    install('.')
    console.log('dashboard: type-checking and building the page')
    npm(here, 'run', 'build')
    stamp(stampFolder, hash)
  }
  // The names of the scripts carry their hashes, so two builds are the same if their index.html is.
  if (textOf(join(output, 'index.html')) !== textOf(join(page, 'index.html'))) {
    rmSync(output, { recursive: true, force: true })
    cpSync(page, output, { recursive: true })
  }
}

function test() {
  const hash = hashOf('build.mjs', 'test', 'tsconfig.test.json', ...SOURCES)
  const stampFolder = join(here, 'target', 'tested')
  if (isStamped(stampFolder, hash)) return
  install('.')
  rmSync(join(here, 'node_modules', '.cache', 'test'), { recursive: true, force: true })
  const report = npm(here, 'test')
  console.log(report.split('\n').filter((line) => /^# (tests|pass|fail|skipped) /.test(line)).join('\n'))
  stamp(stampFolder, hash)
}

const [task, argument] = process.argv.slice(2)
if (task === 'build' && argument) build(resolve(argument))
else if (task === 'test') test()
else if (task === 'install-e2e') install('e2e')
else {
  console.error('usage: node build.mjs build OUTPUT_FOLDER | test | install-e2e')
  process.exit(2)
}
