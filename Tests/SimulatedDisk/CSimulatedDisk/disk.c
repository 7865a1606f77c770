// Disks by name, their faults, and what happens to all of a disk at once.
#include "internal.h"
#include <errno.h>
#include <stdio.h>

static pthread_mutex_t registry_mutex = PTHREAD_MUTEX_INITIALIZER;
static simdisk *registry;

bool sim_is_path(const char *path) { return path && strncmp(path, SIM_ROOT, strlen(SIM_ROOT)) == 0; }

// Called under the registry's mutex.
static simdisk *find(const char *name, size_t length) {
  for (simdisk *disk = registry; disk; disk = disk->next) {
    if (strlen(disk->name) == length && strncmp(disk->name, name, length) == 0) return disk;
  }
  return NULL;
}

simdisk *sim_lock_disk(const char *path, const char **below) {
  errno = ENOENT;
  if (!sim_is_path(path) || strlen(path) >= SIM_PATH_MAX) return NULL;
  const char *name = path + strlen(SIM_ROOT);
  size_t length = strcspn(name, "/");
  pthread_mutex_lock(&registry_mutex);
  simdisk *disk = find(name, length);
  if (disk) {
    pthread_mutex_lock(&disk->mutex);
    disk->references++;
  }
  pthread_mutex_unlock(&registry_mutex);
  *below = name + length;
  return disk;
}

static void free_disk(simdisk *disk) {
  sim_forget_name_changes(disk);
  sim_clear_names(disk, &disk->names);
  sim_clear_names(disk, &disk->durable_names);
  free(disk->names.items);
  free(disk->durable_names.items);
  free(disk->changes);
  free(disk->faults);
  pthread_mutex_destroy(&disk->mutex);
  free(disk);
}

// Gives up a reference and the mutex.
void sim_unlock(simdisk *disk) {
  bool is_last = --disk->references == 0;
  pthread_mutex_unlock(&disk->mutex);
  if (is_last) free_disk(disk);
}

static simdisk *make(const char *name, uint32_t sector_bytes, uint64_t seed) {
  simdisk *disk = sim_allocate(sizeof *disk);
  snprintf(disk->name, sizeof disk->name, "%s", name);
  disk->sector_bytes = sector_bytes == 512 ? 512 : 4096;
  disk->random = seed;
  disk->capacity = UINT64_MAX;
  disk->references = 1;
  pthread_mutex_init(&disk->mutex, NULL);
  sim_node *root = sim_make_node(true, 0700);
  sim_set_name(disk, &disk->names, "", root);
  sim_set_name(disk, &disk->durable_names, "", root);
  sim_release(disk, root);
  return disk;
}

static simdisk *publish(simdisk *disk) {
  pthread_mutex_lock(&registry_mutex);
  bool is_new = find(disk->name, strlen(disk->name)) == NULL;
  if (is_new) {
    disk->next = registry;
    registry = disk;
  }
  pthread_mutex_unlock(&registry_mutex);
  if (is_new) return disk;
  free_disk(disk);
  return NULL;
}

simdisk *simdisk_create(const char *name, uint32_t sector_bytes, uint64_t seed) {
  if (!*name || strchr(name, '/') || strlen(name) >= sizeof((simdisk *)0)->name) return NULL;
  return publish(make(name, sector_bytes, seed));
}

static void take_files(simdisk *disk, simdisk *source) {
  for (size_t i = 0; i < source->names.count; i++) {
    sim_node *copy = sim_copy_node(source->names.items[i].node);
    sim_set_name(disk, &disk->names, source->names.items[i].path, copy);
    sim_set_name(disk, &disk->durable_names, source->names.items[i].path, copy);
    sim_release(disk, copy);
  }
}

// A copy's seed is its name's, and not the next number of its source: that would depend on how many copies
// there were before.
static uint64_t seed_of(const char *name) {
  uint64_t seed = UINT64_C(0xcbf29ce484222325);
  for (; *name; name++) seed = (seed ^ (uint8_t)*name) * UINT64_C(0x100000001b3);
  return seed;
}

simdisk *simdisk_clone(simdisk *source, const char *name) {
  if (!*name || strchr(name, '/') || strlen(name) >= sizeof source->name) return NULL;
  pthread_mutex_lock(&source->mutex);
  simdisk *disk = make(name, source->sector_bytes, seed_of(name));
  take_files(disk, source);
  pthread_mutex_unlock(&source->mutex);
  return publish(disk);
}

// Called under the disk's mutex.
static void kill_processes(simdisk *disk, int32_t process) {
  for (sim_handle *handle = disk->handles; handle; handle = handle->next_on_disk) {
    if (process == -1 || handle->process == process) sim_kill_handle(handle);
  }
  if (process == -1) disk->is_halted = false;
}

void simdisk_restore(simdisk *disk, simdisk *source) {
  if (disk == source) return;
  // Always in the same order, so that two of these cannot wait for each other.
  simdisk *first = disk < source ? disk : source, *second = disk < source ? source : disk;
  pthread_mutex_lock(&first->mutex);
  pthread_mutex_lock(&second->mutex);
  kill_processes(disk, -1);
  sim_forget_name_changes(disk);
  sim_clear_names(disk, &disk->names);
  sim_clear_names(disk, &disk->durable_names);
  take_files(disk, source);
  pthread_mutex_unlock(&second->mutex);
  pthread_mutex_unlock(&first->mutex);
}

void simdisk_drop(simdisk *disk) {
  pthread_mutex_lock(&registry_mutex);
  for (simdisk **at = &registry; *at; at = &(*at)->next) {
    if (*at != disk) continue;
    *at = disk->next;
    break;
  }
  pthread_mutex_unlock(&registry_mutex);
  pthread_mutex_lock(&disk->mutex);
  kill_processes(disk, -1);
  sim_unlock(disk);
}

void simdisk_set_process(simdisk *disk, int32_t process) {
  pthread_mutex_lock(&disk->mutex);
  disk->process = process;
  pthread_mutex_unlock(&disk->mutex);
}

void simdisk_kill(simdisk *disk, int32_t process) {
  pthread_mutex_lock(&disk->mutex);
  kill_processes(disk, process);
  pthread_mutex_unlock(&disk->mutex);
}

void simdisk_lose_power(simdisk *disk, uint64_t seed) {
  pthread_mutex_lock(&disk->mutex);
  kill_processes(disk, -1);
  uint64_t random = seed;
  sim_lose_names(disk, &random);
  for (size_t i = 0; i < disk->names.count; i++) sim_lose_node(disk, disk->names.items[i].node, &random);
  pthread_mutex_unlock(&disk->mutex);
}

bool simdisk_is_halted(simdisk *disk) {
  pthread_mutex_lock(&disk->mutex);
  bool is_halted = disk->is_halted;
  pthread_mutex_unlock(&disk->mutex);
  return is_halted;
}

void simdisk_add_fault(simdisk *disk, const simdisk_fault *fault, const char *suffix) {
  pthread_mutex_lock(&disk->mutex);
  disk->faults = realloc(disk->faults, (disk->fault_count + 1) * sizeof *disk->faults);
  if (!disk->faults) abort();
  sim_armed *armed = &disk->faults[disk->fault_count++];
  *armed = (sim_armed){.rule = *fault};
  snprintf(armed->suffix, sizeof armed->suffix, "%s", suffix);
  pthread_mutex_unlock(&disk->mutex);
}

void simdisk_clear_faults(simdisk *disk) {
  pthread_mutex_lock(&disk->mutex);
  disk->fault_count = 0;
  pthread_mutex_unlock(&disk->mutex);
}

void simdisk_set_spared(simdisk *disk, bool is_spared) {
  pthread_mutex_lock(&disk->mutex);
  disk->is_spared = is_spared;
  pthread_mutex_unlock(&disk->mutex);
}

static bool has_suffix(const char *path, const char *suffix) {
  size_t length = strlen(path), end = strlen(suffix);
  return end <= length && strcmp(path + length - end, suffix) == 0;
}

static bool strikes(simdisk *disk, sim_armed *fault, int kind, const char *path) {
  const simdisk_fault *rule = &fault->rule;
  if (!(rule->kinds & 1u << kind)) return false;
  if (!has_suffix(path, fault->suffix)) return false;
  if (fault->seen++ < rule->skip) return false;
  if (rule->times && fault->struck >= rule->times) return false;
  double drawn = (double)(sim_next(&disk->random) >> 11) / 9007199254740992.0;
  if (rule->probability < 1 && drawn >= rule->probability) return false;
  fault->struck++;
  return true;
}

int sim_strike(simdisk *disk, int kind, const char *path, int *error) {
  *error = EIO;
  if (disk->is_halted) return SIMDISK_FAIL;
  if (disk->is_spared) return SIMDISK_NO_EFFECT;
  disk->calls[kind]++;
  for (size_t i = 0; i < disk->fault_count; i++) {
    sim_armed *fault = &disk->faults[i];
    if (!strikes(disk, fault, kind, path)) continue;
    disk->struck++;
    if (fault->rule.error) *error = fault->rule.error;
    if (fault->rule.effect >= SIMDISK_HALT_BEFORE) disk->is_halted = true;
    return fault->rule.effect;
  }
  return SIMDISK_NO_EFFECT;
}

uint64_t sim_used(simdisk *disk) {
  uint64_t used = 0;
  for (size_t i = 0; i < disk->names.count; i++) {
    const sim_node *node = disk->names.items[i].node;
    used += node->size;
    if (node->shared) used += (uint64_t)node->shared->region_count * (uint64_t)node->shared->region_bytes;
  }
  return used;
}

void simdisk_set_capacity(simdisk *disk, uint64_t bytes) {
  pthread_mutex_lock(&disk->mutex);
  disk->capacity = bytes;
  pthread_mutex_unlock(&disk->mutex);
}

uint64_t simdisk_used_bytes(simdisk *disk) {
  pthread_mutex_lock(&disk->mutex);
  uint64_t used = sim_used(disk);
  pthread_mutex_unlock(&disk->mutex);
  return used;
}

uint64_t simdisk_calls(simdisk *disk, int kind) {
  pthread_mutex_lock(&disk->mutex);
  uint64_t calls = kind >= 0 && kind < SIMDISK_KINDS ? disk->calls[kind] : 0;
  pthread_mutex_unlock(&disk->mutex);
  return calls;
}

uint64_t simdisk_struck(simdisk *disk) {
  pthread_mutex_lock(&disk->mutex);
  uint64_t struck = disk->struck;
  pthread_mutex_unlock(&disk->mutex);
  return struck;
}

uint64_t simdisk_unsynced_sectors(simdisk *disk) {
  pthread_mutex_lock(&disk->mutex);
  uint64_t count = 0;
  for (size_t i = 0; i < disk->names.count; i++) count += disk->names.items[i].node->dirty_count;
  pthread_mutex_unlock(&disk->mutex);
  return count;
}
