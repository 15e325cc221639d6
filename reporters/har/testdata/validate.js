// Judges the HAR on standard input by the schema of har-validator; prints what
// is wrong.
const fs = require('fs')
const validator = require('har-validator')

validator.har(JSON.parse(fs.readFileSync(0))).then(() => {}, error => {
  for (const { dataPath, message } of error.errors) console.log(dataPath, message)
})
