// What Swift cannot import from Linux' C headers: variadic system calls. Each function says why it exists.
#pragma once
#include <sys/socket.h>
#include <sys/types.h>

/// The kernel's id of the calling thread. Never inlined: glibc marks `pthread_self` const, so the optimiser
/// may hoist it over a suspension point of async code and answer with another thread's id.
pid_t clinux_thread_id(void);

/// Names the calling thread, at most 15 bytes, for those who look at the process. A GNU extension that
/// Swift's module of the C library does not show.
void clinux_set_thread_name(const char *name);

/// Accepts a connection that does not block and is not inherited by other programs. `accept4`, a GNU
/// extension as well.
int clinux_accept(int listening, struct sockaddr *address, socklen_t *length);

/// Keeps what the process knows out of files: no core file is written, and no process of the same user may
/// read its memory (`PR_SET_DUMPABLE` off, a core limit of 0). Gives 0, or -1 with `errno`. prctl(2) is
/// variadic.
int clinux_forbid_dumps(void);
