// The contents of a file: what reads see, and what a power loss would leave of it.
#include "internal.h"

void *sim_allocate(size_t bytes) {
  void *memory = calloc(1, bytes ? bytes : 1);
  if (!memory) abort();
  return memory;
}

uint64_t sim_next(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

uint64_t sim_below(uint64_t *state, uint64_t bound) { return bound ? sim_next(state) % bound : 0; }

sim_node *sim_make_node(bool is_folder, mode_t mode) {
  sim_node *node = sim_allocate(sizeof *node);
  node->references = 1;
  node->is_folder = is_folder;
  node->mode = mode;
  node->size_count = 1;
  return node;
}

void sim_retain(sim_node *node) { node->references++; }

static void free_sector(sim_sector *sector) {
  free(sector->durable);
  for (int i = 0; i < sector->version_count; i++) free(sector->versions[i]);
  free(sector);
}

static void free_shared(sim_shared *shared) {
  if (!shared || --shared->references > 0) return;
  for (int i = 0; i < shared->region_count; i++) free(shared->regions[i]);
  free(shared->regions);
  free(shared);
}

void sim_release(simdisk *disk, sim_node *node) {
  (void)disk;
  if (--node->references > 0) return;
  for (size_t i = 0; i < node->dirty_count; i++) free_sector(node->sectors[node->dirty[i]]);
  free(node->sectors);
  free(node->dirty);
  free(node->data);
  free_shared(node->shared);
  free(node);
}

// Lets go of the shared memory; the last live handle takes it along, as the next opener would find it empty.
void sim_leave_shared(sim_handle *handle) {
  handle->shared_locks = handle->exclusive_locks = 0;
  if (!handle->shared) return;
  sim_node *node = handle->node;
  bool is_used = false;
  for (sim_handle *other = node->handles; other; other = other->next_on_node) {
    if (other != handle && !other->is_dead && other->shared == handle->shared) is_used = true;
  }
  if (!is_used && node->shared == handle->shared) {
    free_shared(node->shared);
    node->shared = NULL;
  }
  if (handle->is_dead) return;  // its connection may still look into it
  free_shared(handle->shared);
  handle->shared = NULL;
}

sim_node *sim_copy_node(const sim_node *node) {
  sim_node *copy = sim_make_node(node->is_folder, node->mode);
  copy->data = sim_allocate(node->size);
  if (node->size) memcpy(copy->data, node->data, node->size);
  copy->size = copy->capacity = copy->sizes[0] = node->size;
  return copy;
}

static void reserve(sim_node *node, size_t size) {
  if (size <= node->capacity) return;
  size_t capacity = node->capacity ? node->capacity : 4096;
  while (capacity < size) capacity *= 2;
  node->data = realloc(node->data, capacity);
  if (!node->data) abort();
  memset(node->data + node->capacity, 0, capacity - node->capacity);
  node->capacity = capacity;
}

static sim_sector *slot(sim_node *node, size_t index) {
  if (index >= node->sector_slots) {
    size_t count = node->sector_slots ? node->sector_slots : 64;
    while (count <= index) count *= 2;
    node->sectors = realloc(node->sectors, count * sizeof *node->sectors);
    if (!node->sectors) abort();
    memset(node->sectors + node->sector_slots, 0, (count - node->sector_slots) * sizeof *node->sectors);
    node->sector_slots = count;
  }
  return node->sectors[index];
}

// A sector as it reads now; NULL where the file does not reach.
static uint8_t *copy_of_sector(simdisk *disk, const sim_node *node, size_t index) {
  size_t start = index * disk->sector_bytes;
  if (start >= node->size) return NULL;
  uint8_t *copy = malloc(disk->sector_bytes);
  if (!copy) abort();
  size_t count = node->size - start;
  if (count > disk->sector_bytes) count = disk->sector_bytes;
  memcpy(copy, node->data + start, count);
  memset(copy + count, 0, disk->sector_bytes - count);
  return copy;
}

// Remembers what a sector is before it changes.
static void remember(simdisk *disk, sim_node *node, size_t index) {
  sim_sector *sector = slot(node, index);
  if (!sector) {
    sector = sim_allocate(sizeof *sector);
    sector->durable = copy_of_sector(disk, node, index);
    node->sectors[index] = sector;
    if (node->dirty_count == node->dirty_capacity) {
      node->dirty_capacity = node->dirty_capacity ? node->dirty_capacity * 2 : 64;
      node->dirty = realloc(node->dirty, node->dirty_capacity * sizeof *node->dirty);
      if (!node->dirty) abort();
    }
    node->dirty[node->dirty_count++] = index;
    return;
  }
  sector->is_lost = false;
  if (sector->version_count == SIM_VERSIONS_MAX) free(sector->versions[--sector->version_count]);
  sector->versions[sector->version_count++] = copy_of_sector(disk, node, index);
}

static void set_size(sim_node *node, size_t size) {
  if (size == node->size) return;
  node->size = size;
  if (node->size_count == SIM_SIZES_MAX) node->size_count--;
  node->sizes[node->size_count++] = size;
}

// Writes what fits on the disk; 0, or ENOSPC after the part that fitted.
int sim_write_node(simdisk *disk, sim_node *node, size_t offset, const uint8_t *bytes, size_t count) {
  if (count == 0) return 0;
  int error = 0;
  if (offset + count > node->size && disk->capacity != UINT64_MAX) {
    uint64_t used = sim_used(disk), room = used < disk->capacity ? disk->capacity - used : 0;
    if (offset + count - node->size > room) {
      if (node->size + room <= offset) return ENOSPC;
      count = node->size + room - offset;
      error = ENOSPC;
    }
  }
  for (size_t i = offset / disk->sector_bytes; i <= (offset + count - 1) / disk->sector_bytes; i++) {
    remember(disk, node, i);
  }
  reserve(node, offset + count);
  memcpy(node->data + offset, bytes, count);
  if (offset + count > node->size) set_size(node, offset + count);
  return error;
}

// Of a write some sectors, as the disk's numbers have it: never all of more than one.
void sim_write_some(simdisk *disk, sim_node *node, size_t offset, const uint8_t *bytes, size_t count) {
  size_t end = offset + count, missing = 0;
  for (size_t at = offset; at < end;) {
    size_t next = (at / disk->sector_bytes + 1) * disk->sector_bytes;
    if (next > end) next = end;
    bool is_last = next == end;
    if (sim_below(&disk->random, 2) || (is_last && !missing)) {
      missing++;
    } else {
      sim_write_node(disk, node, at, bytes + (at - offset), next - at);
    }
    at = next;
  }
}

void sim_resize(simdisk *disk, sim_node *node, size_t size) {
  if (size < node->size) {
    for (size_t i = size / disk->sector_bytes; i * disk->sector_bytes < node->size; i++) {
      remember(disk, node, i);
    }
    memset(node->data + size, 0, node->size - size);
  } else {
    reserve(node, size);
  }
  set_size(node, size);
}

// Everything is on the disk now, but for what an earlier sync has lost.
void sim_sync_node(sim_node *node) {
  size_t kept = 0;
  for (size_t i = 0; i < node->dirty_count; i++) {
    size_t index = node->dirty[i];
    if (node->sectors[index]->is_lost) {
      node->dirty[kept++] = index;
    } else {
      free_sector(node->sectors[index]);
      node->sectors[index] = NULL;
    }
  }
  node->dirty_count = kept;
  node->sizes[0] = node->size;
  node->size_count = 1;
}

// A sync that fails: some sectors are on the disk, the others count as written from now on and are not.
void sim_forget_node(simdisk *disk, sim_node *node) {
  size_t kept = 0;
  for (size_t i = 0; i < node->dirty_count; i++) {
    size_t index = node->dirty[i];
    sim_sector *sector = node->sectors[index];
    if (!sector->is_lost && sim_below(&disk->random, 2)) {
      free_sector(sector);
      node->sectors[index] = NULL;
      continue;
    }
    for (int v = 0; v < sector->version_count; v++) free(sector->versions[v]);
    sector->version_count = 0;
    sector->is_lost = true;
    node->dirty[kept++] = index;
  }
  node->dirty_count = kept;
}

// Puts a sector's bytes into the file as far as it reaches.
static void put(simdisk *disk, sim_node *node, size_t index, const uint8_t *bytes) {
  size_t start = index * disk->sector_bytes;
  if (start >= node->size) return;
  size_t count = node->size - start;
  if (count > disk->sector_bytes) count = disk->sector_bytes;
  if (bytes) {
    memcpy(node->data + start, bytes, count);
  } else {
    memset(node->data + start, 0, count);
  }
}

// How a power loss treats what is not synced: all of one sort now and then, else a share of it.
typedef struct {
  bool drops_all, keeps_all;
  uint64_t kept_percent, torn_percent;
} manner;

static void lose_sector(simdisk *disk, sim_node *node, size_t index, manner how, uint64_t *random) {
  sim_sector *sector = node->sectors[index];
  uint8_t *current = copy_of_sector(disk, node, index);
  const uint8_t *chosen = sector->durable;
  if (!sector->is_lost && (how.keeps_all || (!how.drops_all && sim_below(random, 100) < how.kept_percent))) {
    // Written back at some moment: mostly as it is now.
    uint64_t version = sim_below(random, (uint64_t)sector->version_count + 3);
    bool is_older = !how.keeps_all && version < (uint64_t)sector->version_count;
    chosen = is_older ? sector->versions[version] : current;
  }
  put(disk, node, index, chosen);
  bool is_torn = !how.drops_all && !how.keeps_all && sim_below(random, 100) < how.torn_percent;
  if (is_torn && !sector->is_lost && current && chosen != current) {
    // Its first part is new, the rest is not.
    size_t start = index * disk->sector_bytes, count = sim_below(random, disk->sector_bytes);
    if (start < node->size) {
      if (count > node->size - start) count = node->size - start;
      memcpy(node->data + start, current, count);
    }
  }
  free(current);
}

void sim_lose_node(simdisk *disk, sim_node *node, uint64_t *random) {
  uint64_t sort = sim_below(random, 8);
  manner how = {sort == 0, sort == 1, sim_below(random, 101), sort > 3 ? sim_below(random, 101) : 0};
  size_t size = node->sizes[0];
  if (how.keeps_all) size = node->size;
  if (!how.drops_all && !how.keeps_all) size = node->sizes[sim_below(random, (uint64_t)node->size_count)];
  if (size < node->size) memset(node->data + size, 0, node->size - size);
  reserve(node, size);
  node->size = size;
  for (size_t i = 0; i < node->dirty_count; i++) lose_sector(disk, node, node->dirty[i], how, random);
  for (size_t i = 0; i < node->dirty_count; i++) {
    free_sector(node->sectors[node->dirty[i]]);
    node->sectors[node->dirty[i]] = NULL;
  }
  node->dirty_count = 0;
  node->sizes[0] = node->size;
  node->size_count = 1;
}
