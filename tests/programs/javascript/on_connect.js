const net = require('net');
const socket = net.connect(Number(process.argv[3]), process.argv[2], () => {
  socket.write('HELO client.example\r\n');
  socket.write('MAIL from:<sender@example.com>\r\n');
  socket.write('RCPT to:<receiver@example.com>\r\n');
  socket.write('DATA\r\n');
  socket.write('boop ' + new Date() + '\n\n');
  socket.write('\r\n.\r\n');
  socket.write('\r\nQUIT\r\n');
});
socket.on('data', (data) => console.log(data.toString()));
socket.on('error', (error) => console.error(error.message));
