// Judges the JUnit XML on standard input by junit.xsd; prints what is wrong.
const fs = require('fs')
const path = require('path')
const { validateXML } = require('xmllint-wasm')

const schema = fs.readFileSync(path.join(__dirname, 'junit.xsd'), 'utf8')
validateXML({ xml: fs.readFileSync(0, 'utf8'), schema }).then(({ errors }) => {
  for (const { rawMessage } of errors) console.log(rawMessage)
})
