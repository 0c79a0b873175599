/* strlen + 1 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
  const char *lines[] = {"EHLO client.example\r\n", "MAIL FROM:<alice@client.example>\r\n", "RCPT TO:<bob@example.org>\r\n", "QUIT\r\n"};
  struct sockaddr_in a;
  char answer[1024];
  int s = socket(AF_INET, SOCK_STREAM, 0), n, i;
  memset(&a, 0, sizeof a);
  a.sin_family = AF_INET;
  a.sin_port = htons(atoi(argv[2]));
  a.sin_addr.s_addr = inet_addr(argv[1]);
  connect(s, (struct sockaddr *)&a, sizeof a);
  n = recv(s, answer, 1024, 0);
  for (i = 0; i < 4; i++) {
    send(s, lines[i], strlen(lines[i]) + 1, 0);
    n = recv(s, answer, 1024, 0);
    if (n <= 0) break;
    printf("%.*s", n, answer);
  }
  close(s);
  return 0;
}
