// The VFS: paths below /sim/ are simulated, all others go to the VFS that was the default before.
#include "vfs.h"
#include <sched.h>
#include <stdio.h>

_Thread_local int sim_last_error;

static sqlite3_vfs *real;
static pthread_mutex_t state_mutex = PTHREAD_MUTEX_INITIALIZER;
static uint64_t random_state = 1;
// Milliseconds of the Julian day; it moves by what is slept, and by one for each time that it is asked.
static const int64_t start_milliseconds = INT64_C(212588064000000);
static int64_t milliseconds = INT64_C(212588064000000);

static int open_simulated(const char *path, sqlite3_file *file, int flags, int *out_flags) {
  const char *below;
  simdisk *disk = sim_lock_disk(path, &below);
  if (!disk) return SQLITE_CANTOPEN;
  sim_handle *handle = NULL;
  bool creates = flags & SQLITE_OPEN_CREATE, is_exclusive = flags & SQLITE_OPEN_EXCLUSIVE;
  int error = sim_path_open(disk, below, creates, is_exclusive, 0600, &handle);
  if (!error && handle->node->is_folder) {
    sim_detach(handle);
    error = EISDIR;
  }
  if (!error) {
    int logs = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
    handle->syncs_folder = creates && (flags & logs);
    handle->is_deleted_on_close = flags & SQLITE_OPEN_DELETEONCLOSE;
    ((sim_file *)file)->handle = handle;
    file->pMethods = &sim_io_methods;
    if (out_flags) *out_flags = flags;
  }
  sim_unlock(disk);
  sim_last_error = error;
  return error ? SQLITE_CANTOPEN : SQLITE_OK;
}

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags) {
  (void)vfs;
  if (!sim_is_path(path)) return real->xOpen(real, path, file, flags, out_flags);
  file->pMethods = NULL;
  return open_simulated(path, file, flags, out_flags);
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int syncs_folder) {
  (void)vfs;
  if (!sim_is_path(path)) return real->xDelete(real, path, syncs_folder);
  const char *below;
  simdisk *disk = sim_lock_disk(path, &below);
  if (!disk) return SQLITE_IOERR_DELETE_NOENT;
  int error = sim_path_delete(disk, below);
  int code = error == ENOENT ? SQLITE_IOERR_DELETE_NOENT : error ? SQLITE_IOERR_DELETE : SQLITE_OK;
  if (!error && syncs_folder) {
    int effect = sim_strike(disk, SIMDISK_SYNC_FOLDER, below, &error);
    bool is_done = effect == SIMDISK_NO_EFFECT || effect == SIMDISK_HALT_AFTER;
    if (is_done) sim_sync_folder_of(disk, below);
    if (effect != SIMDISK_NO_EFFECT) code = SQLITE_IOERR_DIR_FSYNC;
  }
  sim_unlock(disk);
  sim_last_error = error;
  return code;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
  (void)vfs;
  if (!sim_is_path(path)) return real->xAccess(real, path, flags, result);
  const char *below;
  simdisk *disk = sim_lock_disk(path, &below);
  *result = 0;
  if (!disk) return SQLITE_OK;
  const sim_node *node = sim_find(&disk->names, below);
  // As SQLite does it: an empty journal does not exist.
  *result = node && (flags != SQLITE_ACCESS_EXISTS || node->is_folder || node->size > 0);
  int code = disk->is_halted ? SQLITE_IOERR_ACCESS : SQLITE_OK;
  sim_unlock(disk);
  return code;
}

static int vfs_full_pathname(sqlite3_vfs *vfs, const char *path, int count, char *full) {
  (void)vfs;
  if (!sim_is_path(path)) return real->xFullPathname(real, path, count, full);
  return snprintf(full, (size_t)count, "%s", path) < count ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int vfs_randomness(sqlite3_vfs *vfs, int count, char *bytes) {
  (void)vfs;
  pthread_mutex_lock(&state_mutex);
  for (int i = 0; i < count; i++) bytes[i] = (char)sim_next(&random_state);
  pthread_mutex_unlock(&state_mutex);
  return count;
}

// A wait for a lock costs no time: whoever has it runs on, or nobody does and the wait is over soon.
static int vfs_sleep(sqlite3_vfs *vfs, int microseconds) {
  (void)vfs;
  pthread_mutex_lock(&state_mutex);
  milliseconds += microseconds / 1000;
  pthread_mutex_unlock(&state_mutex);
  sched_yield();
  return microseconds;
}

static int vfs_current_time_int64(sqlite3_vfs *vfs, sqlite3_int64 *time) {
  (void)vfs;
  pthread_mutex_lock(&state_mutex);
  *time = ++milliseconds;
  pthread_mutex_unlock(&state_mutex);
  return SQLITE_OK;
}

static int vfs_current_time(sqlite3_vfs *vfs, double *days) {
  sqlite3_int64 time;
  vfs_current_time_int64(vfs, &time);
  *days = (double)time / 86400000.0;
  return SQLITE_OK;
}

static int vfs_last_error(sqlite3_vfs *vfs, int count, char *text) {
  (void)vfs, (void)count, (void)text;
  return sim_last_error;
}

static void *vfs_dl_open(sqlite3_vfs *vfs, const char *path) {
  (void)vfs;
  return real->xDlOpen(real, path);
}

static void vfs_dl_error(sqlite3_vfs *vfs, int count, char *text) {
  (void)vfs;
  real->xDlError(real, count, text);
}

static void (*vfs_dl_symbol(sqlite3_vfs *vfs, void *library, const char *symbol))(void) {
  (void)vfs;
  return real->xDlSym(real, library, symbol);
}

static void vfs_dl_close(sqlite3_vfs *vfs, void *library) {
  (void)vfs;
  real->xDlClose(real, library);
}

static sqlite3_vfs simulated = {
    .iVersion = 2,
    .mxPathname = SIM_PATH_MAX,
    .zName = "simulated",
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_pathname,
    .xDlOpen = vfs_dl_open,
    .xDlError = vfs_dl_error,
    .xDlSym = vfs_dl_symbol,
    .xDlClose = vfs_dl_close,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_current_time,
    .xGetLastError = vfs_last_error,
    .xCurrentTimeInt64 = vfs_current_time_int64,
};

static int installed = SQLITE_ERROR;

static void install(void) {
  // Nobody asks how much memory SQLite has, and counting it takes a lock each time. Where SQLite runs already
  // this is refused, and nothing else changes.
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  if (sqlite3_initialize() != SQLITE_OK) return;
  real = sqlite3_vfs_find(NULL);
  if (!real) return;
  int own = (int)sizeof(sim_file);
  simulated.szOsFile = real->szOsFile > own ? real->szOsFile : own;
  if (real->mxPathname > simulated.mxPathname) simulated.mxPathname = real->mxPathname;
  installed = sqlite3_vfs_register(&simulated, 1);
}

int simdisk_install(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
  return installed;
}

void simdisk_seed_sqlite(uint64_t seed) {
  simdisk_install();
  pthread_mutex_lock(&state_mutex);
  random_state = seed;
  milliseconds = start_milliseconds;
  pthread_mutex_unlock(&state_mutex);
  sqlite3_randomness(0, NULL);
}
