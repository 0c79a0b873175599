const net = require('net');

const [host, port] = process.argv.slice(2);
const client = net.createConnection({ host, port: Number(port) }, () => console.log('connected'));
client.setEncoding('utf8');

const mail = { from: 'alice@client.example', to: 'bob@example.org', subject: '测试邮件', text: '你好，这是一封测试邮件' };
let step = 0;

client.on('data', (data) => {
  console.log('S:', data.trim());
  const code = data.substring(0, 3);
  switch (step) {
    case 0:
      if (code === '220') client.write(`HELO localhost\n`);
      break;
    case 1:
      if (code === '250') client.write(`MAIL FROM:<${mail.from}>\n`);
      break;
    case 2:
      if (code === '250') client.write(`RCPT TO:<${mail.to}>\n`);
      break;
    case 3:
      if (code === '250') client.write('DATA\n');
      break;
    case 4:
      if (code === '354') {
        client.write(`From: ${mail.from}\r\nTo: ${mail.to}\r\nSubject: ${mail.subject}\r\n\r\n${mail.text}\r\n.\r\n`);
      }
      break;
    case 5:
      client.write('QUIT\n');
      break;
    default:
      client.end();
  }
  step++;
});
