#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#define END "\n\r"
static void talk(int s, const char *line) {
  char b[512];
  ssize_t n;
  write(s, line, strlen(line));
  n = read(s, b, sizeof b);
  if (n > 0) fwrite(b, 1, (size_t)n, stdout);
}
int main(int argc, char **argv) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
  char b[512];
  int s = socket(AF_INET, SOCK_STREAM, 0);
  inet_pton(AF_INET, argv[1], &to.sin_addr);
  connect(s, (struct sockaddr *)&to, sizeof to);
  read(s, b, sizeof b);
  talk(s, "HELO client.example" END);
  talk(s, "MAIL FROM:<alice@client.example>" END);
  talk(s, "RCPT TO:<bob@example.org>" END);
  talk(s, "QUIT" END);
  close(s);
  return 0;
}
