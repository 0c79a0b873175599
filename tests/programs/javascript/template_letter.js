const { createConnection } = require('net');

const from = 'alice@client.example';
const to = 'bob@example.org';
const email =
`From: "Alice" <${from}>
To: "Bob" <${to}>
Date: ${new Date()}
Subject: Whatever you want

Taking advantage of e-mail
\r\n.\r\n`;

const client = createConnection(Number(process.argv[3]), process.argv[2]);
const steps = ['HELO client.example\n', `MAIL FROM: <${from}>\n`, `RCPT TO: <${to}>\n`, 'DATA\n', email, 'QUIT\n'];
let step = 0;
client.on('data', data => {
  console.log(data.toString());
  if (step === steps.length) return client.end();
  client.write(steps[step]);
  step++;
});
