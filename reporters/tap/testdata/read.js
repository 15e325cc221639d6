// Reads TAP from standard input as tap and its reporters do; prints what it
// understood as JSON.
const { Parser } = require('tap-parser')

const seen = { descriptions: [], diagnostics: [], errors: [] }
const parser = new Parser({ strict: true }, results => {
  const { count, fail, todo, skip, ok, plan } = results
  console.log(JSON.stringify({ planned: plan.end, run: count, failed: fail, todo, skipped: skip, red: !ok, ...seen }))
})
parser.on('assert', point => {
  seen.descriptions.push(point.name)
  if (point.diag) seen.diagnostics.push(point.diag)
})
parser.on('extra', line => seen.errors.push(line))
process.stdin.pipe(parser)
