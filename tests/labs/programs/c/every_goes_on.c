#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static FILE *in;
static int sock;

static int dial(const char *host, const char *port) {
  struct addrinfo hints = {0}, *list, *one;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(host, port, &hints, &list) != 0) return -1;
  for (one = list; one; one = one->ai_next) {
    sock = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
    if (sock >= 0 && connect(sock, one->ai_addr, one->ai_addrlen) == 0) break;
    if (sock >= 0) close(sock);
  }
  freeaddrinfo(list);
  if (!one) return -1;
  in = fdopen(dup(sock), "r");
  return 0;
}

/* The code of one whole reply, 0 when the server has hung up. */
static int reply(void) {
  char line[1024];
  do {
    if (!fgets(line, sizeof line, in) || !strchr(line, '\n')) return 0;
    printf("S: %s", line);
  } while (line[3] == '-');
  return atoi(line);
}

static int say(const char *line) {
  char buffer[1200];
  int length = snprintf(buffer, sizeof buffer, "%s\r\n", line);
  if (send(sock, buffer, length, MSG_NOSIGNAL) != length) return 0;
  return reply();
}

static void letter(char *buffer, size_t size) {
  char date[64];
  time_t now = time(NULL);
  strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", gmtime(&now));
  snprintf(buffer, size,
           "From: alice@course.example\r\nTo: bob@course.example\r\nSubject: Lunch\r\nDate: %s\r\nMessage-ID: <%ld@course.example>\r\n\r\n"
           "Shall we meet at noon?\r\n.",
           date, (long)now);
}

static void leave(const char *what) { printf("something is wrong with %s\n", what); }

int main(void) {
  char text[1000];
  if (dial("localhost", "25") != 0) return 1;
  if (reply() != 220) leave("greeting");
  if (say("EHLO client.course.example") != 250) leave("EHLO");
  if (say("MAIL FROM:<alice@course.example>") != 250) leave("MAIL");
  if (say("RCPT TO:<bob@course.example>") / 10 != 25) leave("RCPT");
  if (say("DATA") != 354) leave("DATA");
  letter(text, sizeof text);
  if (say(text) != 250) leave("message");
  say("QUIT");
  fclose(in);
  close(sock);
  return 0;
}
