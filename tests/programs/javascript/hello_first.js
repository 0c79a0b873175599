const net = require('net');
const client = net.createConnection(Number(process.argv[3]), process.argv[2], () => {
  console.log('connected');
  client.write('hello');
});
const steps = ['HELO client.example\r\n', 'MAIL FROM:<alice@client.example>\r\n', 'RCPT TO:<bob@example.org>\r\n', 'QUIT\r\n'];
client.on('data', (data) => {
  console.log(data.toString());
  if (steps.length === 0) return client.end();
  client.write(steps.shift());
});
