// A state machine by codes; at the end it does not wait for the 221.
const net = require('net');
const client = net.connect(Number(process.argv[3]), process.argv[2]);
let state = 'GREETING';
client.setEncoding('utf8');
client.on('data', (text) => {
  const code = parseInt(text.substring(0, 3), 10);
  switch (state) {
    case 'GREETING':
      if (code === 220) { client.write('EHLO client.example\r\n'); state = 'EHLO'; }
      break;
    case 'EHLO':
      if (code === 250) { client.write('MAIL FROM:<alice@client.example>\r\n'); state = 'MAIL'; }
      break;
    case 'MAIL':
      if (code === 250) { client.write('RCPT TO:<bob@example.org>\r\n'); state = 'RCPT'; }
      break;
    case 'RCPT':
      if (code === 250) { client.write('DATA\r\n'); state = 'DATA'; }
      break;
    case 'DATA':
      if (code === 354) {
        client.write('Subject: state machine\r\nFrom: Alice <alice@client.example>\r\nTo: bob@example.org\r\n' +
          'Content-Type: text/html; charset=utf-8\r\n\r\n<p>grüß dich</p>\r\n.\r\n');
        state = 'SENT';
      }
      break;
    case 'SENT':
      client.write('QUIT\r\n');
      client.destroy();
      break;
  }
});
