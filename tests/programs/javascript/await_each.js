'use strict';
const net = require('net');

function once(socket) {
  return new Promise((resolve) => socket.once('data', (d) => resolve(d.toString())));
}

async function send(socket, line) {
  const reply = once(socket);
  socket.write(line + '\r\n');
  const text = await reply;
  console.log(line, '->', text.trim());
  if (text[0] === '4' || text[0] === '5') throw new Error(text);
  return text;
}

(async () => {
  const socket = net.connect(Number(process.argv[3]), process.argv[2]);
  console.log((await once(socket)).trim());
  try {
    await send(socket, 'EHLO client.example');
    await send(socket, 'AUTH PLAIN ' + Buffer.from('alice@163.com HVKQXZDNRTLMWABC').toString('base64'));
    await send(socket, 'MAIL FROM:<alice@163.com>');
    await send(socket, 'RCPT TO:<bob@163.com>');
    await send(socket, 'DATA');
    await send(socket, 'From: alice@163.com\r\nTo: bob@163.com\r\nSubject: x\r\n\r\ny\r\n.');
    await send(socket, 'QUIT');
  } catch (error) {
    console.error('failed:', error.message);
    socket.destroy();
  }
})();
