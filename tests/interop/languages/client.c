/* client HOST PORT: one mail, over TLS from the start on 465, over STARTTLS elsewhere. */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

static int sock;
static SSL *tls;
static char buffer[4096];
static int held, at;

static void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  ERR_print_errors_fp(stderr);
  exit(1);
}

static int next_octet(void) {
  if (at == held) {
    held = tls ? SSL_read(tls, buffer, sizeof buffer) : (int)read(sock, buffer, sizeof buffer);
    at = 0;
    if (held <= 0) fail("the server has gone");
  }
  return buffer[at++];
}

static void expect(int code) {
  char line[1024];
  do {
    size_t length = 0;
    int c;
    while ((c = next_octet()) != '\n')
      if (length + 1 < sizeof line) line[length++] = (char)c;
    line[length] = 0;
    printf("%s\n", line);
  } while (line[3] == '-');
  if (atoi(line) != code) fail("refused");
}

static void ask(const char *text, int code) {
  const int length = (int)strlen(text);
  if ((tls ? SSL_write(tls, text, length) : (int)write(sock, text, (size_t)length)) != length) fail("not sent");
  expect(code);
}

static void begin_tls(const char *host) {
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  if (!SSL_CTX_set_default_verify_paths(context)) fail("no certificates");
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
  SSL *begun = SSL_new(context);
  SSL_set_tlsext_host_name(begun, host);
  SSL_set1_host(begun, host);
  SSL_set_fd(begun, sock);
  if (SSL_connect(begun) != 1) fail("no TLS");
  tls = begun;
}

int main(int argc, char **argv) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
  if (argc < 3 || getaddrinfo(argv[1], argv[2], &hints, &found) != 0) fail("client HOST PORT");
  sock = socket(found->ai_family, found->ai_socktype, 0);
  if (connect(sock, found->ai_addr, found->ai_addrlen) != 0) fail("not connected");
  if (strcmp(argv[2], "465") == 0) {
    begin_tls(argv[1]);
    expect(220);
  } else {
    expect(220);
    ask("EHLO client.example\r\n", 250);
    ask("STARTTLS\r\n", 220);
    begin_tls(argv[1]);
  }
  ask("EHLO client.example\r\n", 250);
  ask("AUTH PLAIN ADEwMDAxQHFxLmNvbQBhYmNkZWZnaGlqa2xtbm9w\r\n", 235);
  ask("MAIL FROM:<10001@qq.com>\r\n", 250);
  ask("RCPT TO:<10002@qq.com>\r\n", 250);
  ask("DATA\r\n", 354);
  ask("From: 10001@qq.com\r\nTo: 10002@qq.com\r\nSubject: Five languages\r\n\r\nSent by a client in C.\r\n.\r\n", 250);
  ask("QUIT\r\n", 221);
  return 0;
}
