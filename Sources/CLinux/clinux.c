#define _GNU_SOURCE
#include "clinux.h"
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

pid_t clinux_thread_id(void) { return (pid_t)syscall(SYS_gettid); }

void clinux_set_thread_name(const char *name) { pthread_setname_np(pthread_self(), name); }

int clinux_accept(int listening, struct sockaddr *address, socklen_t *length) {
  return accept4(listening, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}
