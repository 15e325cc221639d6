// Has Microsoft's validator judge the SARIF on standard input, by its own rules
// and by those of GitHub's code scanning; prints what it finds wrong.
const { spawnSync } = require('child_process')
const fs = require('fs')
const os = require('os')
const path = require('path')

const validator = require('@microsoft/sarif-multitool')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sarif-'))
const log = path.join(folder, 'run.sarif')
fs.writeFileSync(log, fs.readFileSync(0))
fs.chmodSync(validator, 0o755)
const { stdout, stderr, error } = spawnSync(validator, [
  'validate', log, '--output', path.join(folder, 'findings.sarif'),
  '--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning', '--kind', 'Fail'
], { encoding: 'utf8', env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' } })
fs.rmSync(folder, { recursive: true })
if (error || !stdout.includes('Analysis completed successfully')) {
  console.error(error || stdout + stderr)
  process.exit(1)
}
for (const line of stdout.split('\n')) {
  const finding = line.match(/: ((?:error|warning) .*)/)
  if (finding) console.log(finding[1])
}
