/* IMAP: println as in C, and goes without LOGOUT. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static FILE *in;
static int s;
static void ask(const char *tag, const char *line) {
  char buffer[4096];
  dprintf(s, "%s %s\n", tag, line);
  while (fgets(buffer, sizeof buffer, in) != NULL) {
    printf("%s", buffer);
    if (strncmp(buffer, tag, strlen(tag)) == 0) return;
  }
}
int main(int argc, char **argv) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
  char buffer[4096];
  s = socket(AF_INET, SOCK_STREAM, 0);
  inet_pton(AF_INET, argv[1], &to.sin_addr);
  if (connect(s, (struct sockaddr *)&to, sizeof to) < 0) return 1;
  in = fdopen(s, "r");
  fgets(buffer, sizeof buffer, in);
  ask("a1", "LOGIN \"alice@mock.example\" \"through-the-looking-glass\"");
  ask("a2", "EXAMINE INBOX");
  ask("a3", "FETCH 1 (BODY[])");
  close(s);
  return 0;
}
