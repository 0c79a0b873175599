const fs = require('fs'), net = require('net');
const victims = JSON.parse(fs.readFileSync('victims.json', 'utf8')).sort(() => Math.random() - 0.5);
const messages = JSON.parse(fs.readFileSync('messages.json', 'utf8'));
const N = 3, size = Math.floor(victims.length / N);
const word = s => `=?utf-8?B?${Buffer.from(s).toString('base64')}?=`;
const lines = ['EHLO prank.course.example'];
for (let g = 0; g < N; g++) {
  const [from, ...to] = victims.slice(g * size, (g + 1) * size);
  const m = messages[Math.floor(Math.random() * messages.length)];
  lines.push(`MAIL FROM:<${from}>`, ...to.map(t => `RCPT TO:<${t}>`), 'DATA',
    [`From: ${from}`, `To: ${to.join(', ')}`, `Subject: ${word(m.subject)}`, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', m.body, '.'].join('\r\n'));
}
lines.push('QUIT');
const s = net.connect(25, 'localhost');
const rl = require('readline').createInterface({ input: s, crlfDelay: Infinity });
rl.on('line', line => {
  console.log(line);
  if (line[3] === '-') return;
  if (line[0] > '3') { s.end('QUIT\r\n'); process.exitCode = 1; return; }
  if (lines.length) s.write(lines.shift() + '\r\n'); else s.end();
});
