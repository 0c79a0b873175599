// What a mailer library says to its provider: TLS from the start, a login, a message of two parts.
const tls = require('tls');

const account = { user: '10001@qq.com', pass: 'abcdefghijklmnop' };

function open(host, port) {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host, port, servername: host }, () => {
      if (!socket.authorized) return reject(socket.authorizationError);
      resolve(socket);
    });
    socket.on('error', reject);
  });
}

async function* lines(socket) {
  let buffer = '';
  for await (const chunk of socket) {
    buffer += chunk.toString('utf8');
    let end;
    while ((end = buffer.indexOf('\r\n')) >= 0) {
      yield buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
    }
  }
}

async function main() {
  const socket = await open('smtp.qq.com', 465);
  const reader = lines(socket);
  const reply = async () => {
    for (;;) {
      const { value, done } = await reader.next();
      if (done) throw new Error('closed');
      if (value[3] !== '-') return value;
    }
  };
  const ask = async (line, wanted) => {
    socket.write(line + '\r\n');
    const answer = await reply();
    if (!answer.startsWith(wanted)) throw new Error(answer);
  };
  await reply();
  await ask('EHLO client.example', '250');
  await ask('AUTH PLAIN ' + Buffer.from(`\0${account.user}\0${account.pass}`).toString('base64'), '235');
  await ask(`MAIL FROM:<${account.user}>`, '250');
  await ask('RCPT TO:<10002@qq.com>', '250');
  await ask('DATA', '354');
  const text = Buffer.from('你好！\r\n').toString('base64');
  const message = [
    `From: ${account.user}`, 'To: 10002@qq.com', 'Subject: =?UTF-8?B?5rWL6K+V?=', `Message-ID: <${Date.now()}@qq.com>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`, 'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="--_NmP-1"', '',
    '----_NmP-1', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', text,
    '----_NmP-1', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: 7bit', '', '<b>Hello</b>',
    '----_NmP-1--', '',
  ];
  await ask(message.join('\r\n') + '\r\n.', '250');
  await ask('QUIT', '221');
  socket.end();
}

main().catch((error) => { console.error(error); process.exitCode = 1; });
