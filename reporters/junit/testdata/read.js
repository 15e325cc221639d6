// Reads the JUnit XML on standard input with junit2json; prints each case.
const fs = require('fs')

async function read() {
  const { parse } = require('junit2json')
  const { testsuite } = await parse(fs.readFileSync(0, 'utf8'))
  return testsuite.flatMap(suite => suite.testcase.map(({ name, failure, error, skipped }) => ({
    name,
    status: failure ? 'failed' : error ? 'error' : skipped ? 'skipped' : 'passed',
    message: (failure ?? error ?? skipped)?.[0]?.message ?? '',
    text: (failure ?? error)?.[0]?.inner ?? ''
  })))
}

read().then(cases => console.log(JSON.stringify(cases)))
