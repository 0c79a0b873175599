/* What is typed goes out as fgets leaves it: with LF. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  struct sockaddr_in sa;
  char line[256], reply[1024];
  int s = socket(AF_INET, SOCK_STREAM, 0), n;
  memset(&sa, 0, sizeof sa);
  sa.sin_family = AF_INET;
  sa.sin_port = htons(atoi(argv[2]));
  inet_pton(AF_INET, argv[1], &sa.sin_addr);
  if (connect(s, (struct sockaddr *)&sa, sizeof sa)) return 1;
  n = read(s, reply, sizeof reply - 1);
  while (n > 0) {
    reply[n] = 0;
    printf("S: %s> ", reply);
    if (!fgets(line, sizeof line, stdin)) break;
    write(s, line, strlen(line));
    n = read(s, reply, sizeof reply - 1);
  }
  close(s);
  return 0;
}
