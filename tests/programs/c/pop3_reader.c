/* POP3: one recv for a message, however long it is. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int s;
static void ask(const char *line) {
  char buffer[256];
  ssize_t n;
  send(s, line, strlen(line), 0);
  n = recv(s, buffer, sizeof buffer - 1, 0);
  if (n < 0) n = 0;
  buffer[n] = 0;
  printf("%s", buffer);
}
int main(int argc, char **argv) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
  char buffer[256];
  s = socket(AF_INET, SOCK_STREAM, 0);
  inet_pton(AF_INET, argv[1], &to.sin_addr);
  if (connect(s, (struct sockaddr *)&to, sizeof to) < 0) return 1;
  recv(s, buffer, sizeof buffer, 0);
  ask("USER alice@mock.example\r\n");
  ask("PASS through-the-looking-glass\r\n");
  ask("STAT\r\n");
  ask("LIST\r\n");
  ask("RETR 1\r\n");
  ask("QUIT\r\n");
  close(s);
  return 0;
}
