/* courses name people without a domain, and nobody waits for the last reply */
#include <stdio.h>
#include <string.h>
#include <netdb.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>
void get(int s) { char b[512]; int n = recv(s, b, sizeof(b) - 1, 0); if (n > 0) { b[n] = '\0'; printf("%s", b); } }
void put(int s, const char *t) { send(s, t, strlen(t), 0); printf("%s", t); }
int main() {
  struct hostent *h = gethostbyname("localhost");
  struct sockaddr_in a; memset(&a, 0, sizeof(a));
  a.sin_family = AF_INET; a.sin_port = htons(25); memcpy(&a.sin_addr, h->h_addr, h->h_length);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, (struct sockaddr *)&a, sizeof(a)) != 0) return 1;
  get(s);
  put(s, "HELO home\r\n"); get(s);
  put(s, "MAIL FROM:<alice>\r\n"); get(s);
  put(s, "RCPT TO:<bob>\r\n"); get(s);
  put(s, "DATA\r\n"); get(s);
  put(s, "Dear Bob,\r\n"); put(s, "see you at noon.\r\n"); put(s, ".\r\n"); get(s);
  put(s, "QUIT\r\n");
  close(s);
  return 0;
}
