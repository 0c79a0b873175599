// The next line goes out at each piece of data, whatever is in it.
const net = require('net');

const from = 'alice@client.example';
const to = 'bob@example.org';
const email = `From: ${from}\r\nTo: ${to}\r\nSubject: steps\r\n\r\nHello\r\n.\r\n`;
const steps = ['EHLO client.example\r\n', `MAIL FROM:<${from}>\r\n`, `RCPT TO:<${to}>\r\n`, 'DATA\r\n', email, 'QUIT\r\n'];

let step = 0;
const client = net.createConnection(Number(process.argv[3]), process.argv[2]);
client.on('data', (data) => {
  console.log(data.toString());
  if (step === steps.length) return client.end();
  client.write(steps[step]);
  step++;
});
client.on('error', (error) => console.error(error.message));
