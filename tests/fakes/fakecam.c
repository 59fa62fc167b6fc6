/* A V4L2 camera without a kernel driver, for one process: LD_PRELOAD this and Qt lists, opens and reads it like any
 * other. No root, no /dev entry.
 *
 *   gcc -shared -fPIC -O2 -o libfakecam.so fakecam.c -ldl -lpthread
 *
 * Environment, read at every call so that a running test may change it through the control file:
 *   FAKECAM         the node's path, such as /dev/video0; unset: the library does nothing
 *   FAKECAM_NAME    the card's name (default "Test Camera")
 *   FAKECAM_JPEG    a JPEG file, served as MJPG of its own size beside the drawn YUYV sizes
 *   FAKECAM_WATCHED a folder watched in place of /dev: touching a file in it is a plug event
 *   FAKECAM_CTL     a file whose first word is the camera's mood:
 *                     ok | busy (opening the stream fails with EBUSY) | stall (no frames) | black (black frames)
 *                     | denied (everything fails with EACCES: this user has no right to the node)
 *                     | gone (everything fails with ENODEV and the node is not listed)
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define MAX_BUFFERS 8
#define MAX_OPEN 16
#define BUFFER_STRIDE 0x1000000 /* mmap offset of buffer n is n * BUFFER_STRIDE */
#define FRAMES_PER_S 30

struct camera {
    int fd; /* a timerfd: readable once a frame is due */
    uint32_t width, height, format, memory, sequence;
    int is_streaming, buffer_count, queued;
    size_t buffer_size;
    void *start[MAX_BUFFERS];
    size_t length[MAX_BUFFERS];
    int queue[MAX_BUFFERS];
};

static struct camera cameras[MAX_OPEN];
static int camera_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static unsigned char *jpeg;
static size_t jpeg_size;
static uint32_t jpeg_width, jpeg_height;

static DIR *dev_listing;
static int is_node_listed;

#define REAL(name)                                              \
    ({                                                          \
        static __typeof__(&name) real;                          \
        if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
        real;                                                   \
    })

/* ---- the environment ---- */

static const char *node(void)
{
    const char *path = getenv("FAKECAM");
    return path && *path ? path : NULL;
}

static int is_node(const char *path) { return node() && path && !strcmp(path, node()); }

/* Our own reads go past the wrappers below. */
static int open_plainly(const char *path) { return syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0); }

static int mood_is(const char *word)
{
    const char *path = getenv("FAKECAM_CTL");
    char text[16] = "";
    int fd = path ? open_plainly(path) : -1;
    if (fd < 0) return 0;
    ssize_t size = syscall(SYS_read, fd, text, sizeof text - 1);
    syscall(SYS_close, fd);
    return size > 0 && !strncmp(text, word, strlen(word));
}

static int fail(int number)
{
    errno = number;
    return -1;
}

/* ---- the pictures ---- */

static int read_jpeg_size(void)
{
    for (size_t i = 2; i + 9 < jpeg_size;) {
        if (jpeg[i] != 0xff) { i++; continue; }
        unsigned marker = jpeg[i + 1];
        if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
            jpeg_height = jpeg[i + 5] << 8 | jpeg[i + 6];
            jpeg_width = jpeg[i + 7] << 8 | jpeg[i + 8];
            return 1;
        }
        i += 2 + (jpeg[i + 2] << 8 | jpeg[i + 3]);
    }
    return 0;
}

static int load_jpeg(void)
{
    const char *path = getenv("FAKECAM_JPEG");
    struct stat seen;
    int fd;
    if (jpeg) return 1;
    if (!path || (fd = open_plainly(path)) < 0) return 0;
    if (syscall(SYS_fstat, fd, &seen) || seen.st_size < 100) { syscall(SYS_close, fd); return 0; }
    unsigned char *bytes = malloc(seen.st_size);
    ssize_t got;
    for (jpeg_size = 0; (got = syscall(SYS_read, fd, bytes + jpeg_size, seen.st_size - jpeg_size)) > 0;) jpeg_size += got;
    syscall(SYS_close, fd);
    jpeg = bytes;
    return read_jpeg_size();
}

/* Eight colour bars with a white box that wanders: a picture whose mirroring and freezing can be seen. */
static size_t paint_bars(struct camera *camera, unsigned char *target)
{
    static const unsigned char bars[8][3] = {{180, 128, 128}, {168, 44, 136}, {145, 147, 44}, {133, 63, 52},
                                             {63, 193, 204},  {51, 109, 212}, {28, 212, 120}, {16, 128, 128}};
    uint32_t left = (camera->sequence * 8) % (camera->width - 64) & ~1u, top = camera->height / 2;
    for (uint32_t y = 0; y < camera->height; y++)
        for (uint32_t x = 0; x < camera->width; x += 2) {
            const unsigned char *bar = bars[x * 8 / camera->width];
            unsigned char *pair = target + ((size_t)y * camera->width + x) * 2;
            int is_box = y > top && y < top + 64 && x >= left && x < left + 64;
            pair[0] = pair[2] = is_box ? 235 : bar[0];
            pair[1] = is_box ? 128 : bar[1];
            pair[3] = is_box ? 128 : bar[2];
        }
    return (size_t)camera->width * camera->height * 2;
}

static size_t paint_black(struct camera *camera, unsigned char *target)
{
    size_t size = (size_t)camera->width * camera->height * 2;
    for (size_t i = 0; i < size; i += 2) { target[i] = 16; target[i + 1] = 128; }
    return size;
}

static size_t paint(struct camera *camera, unsigned char *target, size_t room)
{
    if (camera->format == V4L2_PIX_FMT_MJPEG) {
        if (!load_jpeg() || jpeg_size > room) return 0;
        memcpy(target, jpeg, jpeg_size);
        return jpeg_size;
    }
    if ((size_t)camera->width * camera->height * 2 > room) return 0;
    return mood_is("black") ? paint_black(camera, target) : paint_bars(camera, target);
}

/* ---- the device ---- */

static struct camera *find(int fd)
{
    for (int i = 0; fd >= 0 && i < camera_count; i++)
        if (cameras[i].fd == fd) return &cameras[i];
    return NULL;
}

static int open_camera(void)
{
    struct camera *free_one = NULL;
    if (mood_is("gone")) return fail(ENODEV);
    if (mood_is("denied")) return fail(EACCES);
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (fd < 0) return -1;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < camera_count; i++)
        if (cameras[i].fd < 0) free_one = &cameras[i];
    if (!free_one && camera_count < MAX_OPEN) free_one = &cameras[camera_count++];
    if (free_one) {
        memset(free_one, 0, sizeof *free_one);
        free_one->fd = fd;
        free_one->width = 640;
        free_one->height = 480;
        free_one->format = V4L2_PIX_FMT_YUYV;
    }
    pthread_mutex_unlock(&lock);
    if (free_one) return fd;
    syscall(SYS_close, fd);
    return fail(ENOMEM);
}

static void run_clock(struct camera *camera, int is_on)
{
    struct timespec beat = {0, is_on ? 1000000000L / FRAMES_PER_S : 0};
    struct itimerspec clock = {beat, beat};
    timerfd_settime(camera->fd, 0, &clock, NULL);
}

static int query_capabilities(struct v4l2_capability *answer)
{
    const char *name = getenv("FAKECAM_NAME");
    memset(answer, 0, sizeof *answer);
    strcpy((char *)answer->driver, "fakecam");
    strncpy((char *)answer->card, name ? name : "Test Camera", sizeof answer->card - 1);
    strcpy((char *)answer->bus_info, "platform:fakecam");
    answer->version = 0x60600;
    answer->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    answer->capabilities = answer->device_caps | V4L2_CAP_DEVICE_CAPS;
    return 0;
}

static int list_format(struct v4l2_fmtdesc *answer)
{
    uint32_t index = answer->index;
    if (answer->type != V4L2_BUF_TYPE_VIDEO_CAPTURE || index > 1 || (index == 1 && !load_jpeg())) return fail(EINVAL);
    answer->flags = index ? V4L2_FMT_FLAG_COMPRESSED : 0;
    answer->pixelformat = index ? V4L2_PIX_FMT_MJPEG : V4L2_PIX_FMT_YUYV;
    strcpy((char *)answer->description, index ? "Motion-JPEG" : "YUYV 4:2:2");
    return 0;
}

static int list_size(struct v4l2_frmsizeenum *answer)
{
    int is_mjpg = answer->pixel_format == V4L2_PIX_FMT_MJPEG;
    if ((!is_mjpg && answer->pixel_format != V4L2_PIX_FMT_YUYV) || answer->index >= (is_mjpg ? 1u : 2u)) return fail(EINVAL);
    if (is_mjpg && !load_jpeg()) return fail(EINVAL);
    answer->type = V4L2_FRMSIZE_TYPE_DISCRETE;
    answer->discrete.width = is_mjpg ? jpeg_width : answer->index ? 1280 : 640;
    answer->discrete.height = is_mjpg ? jpeg_height : answer->index ? 720 : 480;
    return 0;
}

static int list_interval(struct v4l2_frmivalenum *answer)
{
    if (answer->index) return fail(EINVAL);
    answer->type = V4L2_FRMIVAL_TYPE_DISCRETE;
    answer->discrete.numerator = 1;
    answer->discrete.denominator = FRAMES_PER_S;
    return 0;
}

static void nearest_format(struct v4l2_pix_format *wish)
{
    if (wish->pixelformat == V4L2_PIX_FMT_MJPEG && load_jpeg()) {
        wish->width = jpeg_width;
        wish->height = jpeg_height;
        return;
    }
    wish->pixelformat = V4L2_PIX_FMT_YUYV;
    wish->height = wish->width > 640 ? 720 : 480;
    wish->width = wish->width > 640 ? 1280 : 640;
}

static int negotiate(struct camera *camera, uint32_t request, struct v4l2_format *format)
{
    struct v4l2_pix_format *pix = &format->fmt.pix;
    if (format->type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return fail(EINVAL);
    if (request == (uint32_t)VIDIOC_S_FMT && mood_is("busy")) return fail(EBUSY);
    if (request == (uint32_t)VIDIOC_G_FMT) {
        pix->width = camera->width;
        pix->height = camera->height;
        pix->pixelformat = camera->format;
    } else {
        nearest_format(pix);
    }
    if (request == (uint32_t)VIDIOC_S_FMT) {
        camera->width = pix->width;
        camera->height = pix->height;
        camera->format = pix->pixelformat;
    }
    pix->field = V4L2_FIELD_NONE;
    pix->bytesperline = pix->pixelformat == V4L2_PIX_FMT_YUYV ? pix->width * 2 : 0;
    pix->sizeimage = pix->width * pix->height * 2 + 65536;
    pix->colorspace = V4L2_COLORSPACE_SRGB;
    camera->buffer_size = pix->sizeimage;
    return 0;
}

static int request_buffers(struct camera *camera, struct v4l2_requestbuffers *request)
{
    if (mood_is("busy")) return fail(EBUSY);
    if (request->memory != V4L2_MEMORY_MMAP && request->memory != V4L2_MEMORY_USERPTR) return fail(EINVAL);
    for (int i = 0; camera->memory == V4L2_MEMORY_MMAP && i < camera->buffer_count; i++)
        if (camera->start[i]) munmap(camera->start[i], camera->length[i]);
    memset(camera->start, 0, sizeof camera->start);
    camera->memory = request->memory;
    camera->queued = 0;
    if (request->count > MAX_BUFFERS) request->count = MAX_BUFFERS;
    camera->buffer_count = request->count;
    if (!camera->buffer_size) camera->buffer_size = (size_t)camera->width * camera->height * 2 + 65536;
    return 0;
}

static int describe_buffer(struct camera *camera, struct v4l2_buffer *buffer)
{
    if ((int)buffer->index >= camera->buffer_count) return fail(EINVAL);
    buffer->length = camera->buffer_size;
    buffer->m.offset = buffer->index * BUFFER_STRIDE;
    buffer->flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
    return 0;
}

static int queue_buffer(struct camera *camera, struct v4l2_buffer *buffer)
{
    if ((int)buffer->index >= camera->buffer_count) return fail(EINVAL);
    pthread_mutex_lock(&lock);
    if (camera->memory == V4L2_MEMORY_USERPTR) {
        camera->start[buffer->index] = (void *)buffer->m.userptr;
        camera->length[buffer->index] = buffer->length;
    }
    if (camera->queued < MAX_BUFFERS) camera->queue[camera->queued++] = buffer->index;
    pthread_mutex_unlock(&lock);
    buffer->flags |= V4L2_BUF_FLAG_QUEUED;
    return 0;
}

static int next_buffer(struct camera *camera)
{
    int index = -1;
    pthread_mutex_lock(&lock);
    if (camera->queued) {
        index = camera->queue[0];
        memmove(camera->queue, camera->queue + 1, --camera->queued * sizeof camera->queue[0]);
    }
    pthread_mutex_unlock(&lock);
    return index;
}

static int hand_out_frame(struct camera *camera, struct v4l2_buffer *buffer)
{
    uint64_t beats;
    struct timespec now;
    if (!camera->is_streaming) return fail(EINVAL);
    if (syscall(SYS_read, camera->fd, &beats, sizeof beats) < 0 || mood_is("stall")) return fail(EAGAIN);
    int index = next_buffer(camera);
    if (index < 0) return fail(EAGAIN);
    if (!camera->start[index]) return fail(EINVAL);
    clock_gettime(CLOCK_MONOTONIC, &now);
    buffer->index = index;
    buffer->memory = camera->memory;
    buffer->length = camera->length[index];
    buffer->bytesused = paint(camera, camera->start[index], camera->length[index]);
    buffer->sequence = camera->sequence++;
    buffer->field = V4L2_FIELD_NONE;
    buffer->flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC | V4L2_BUF_FLAG_DONE;
    if (camera->memory == V4L2_MEMORY_USERPTR) buffer->m.userptr = (unsigned long)camera->start[index];
    buffer->timestamp.tv_sec = now.tv_sec;
    buffer->timestamp.tv_usec = now.tv_nsec / 1000;
    return 0;
}

static int describe_input(struct v4l2_input *input)
{
    if (input->index) return fail(EINVAL);
    strcpy((char *)input->name, "Camera 1");
    input->type = V4L2_INPUT_TYPE_CAMERA;
    return 0;
}

static int describe_rate(struct v4l2_streamparm *answer)
{
    answer->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
    answer->parm.capture.timeperframe.numerator = 1;
    answer->parm.capture.timeperframe.denominator = FRAMES_PER_S;
    return 0;
}

static int stream(struct camera *camera, int is_on)
{
    camera->is_streaming = is_on;
    if (!is_on) camera->queued = 0;
    run_clock(camera, is_on);
    return 0;
}

static int answer(struct camera *camera, uint32_t request, void *data)
{
    if (mood_is("gone")) return fail(ENODEV);
    if (mood_is("denied")) return fail(EACCES);
    switch (request) {
    case (uint32_t)VIDIOC_QUERYCAP: return query_capabilities(data);
    case (uint32_t)VIDIOC_ENUM_FMT: return list_format(data);
    case (uint32_t)VIDIOC_ENUM_FRAMESIZES: return list_size(data);
    case (uint32_t)VIDIOC_ENUM_FRAMEINTERVALS: return list_interval(data);
    case (uint32_t)VIDIOC_ENUMINPUT: return describe_input(data);
    case (uint32_t)VIDIOC_G_INPUT: *(int *)data = 0; return 0;
    case (uint32_t)VIDIOC_S_INPUT: return 0;
    case (uint32_t)VIDIOC_S_FMT:
    case (uint32_t)VIDIOC_TRY_FMT:
    case (uint32_t)VIDIOC_G_FMT: return negotiate(camera, request, data);
    case (uint32_t)VIDIOC_G_PARM:
    case (uint32_t)VIDIOC_S_PARM: return describe_rate(data);
    case (uint32_t)VIDIOC_REQBUFS: return request_buffers(camera, data);
    case (uint32_t)VIDIOC_QUERYBUF: return describe_buffer(camera, data);
    case (uint32_t)VIDIOC_QBUF: return queue_buffer(camera, data);
    case (uint32_t)VIDIOC_DQBUF: return hand_out_frame(camera, data);
    case (uint32_t)VIDIOC_STREAMON: return stream(camera, 1);
    case (uint32_t)VIDIOC_STREAMOFF: return stream(camera, 0);
    default: return fail(ENOTTY); /* controls and events: a plain webcam has none */
    }
}

/* ---- the calls that any V4L2 program makes ---- */

#define WRAP_OPEN(name)                                              \
    int name(const char *path, int flags, ...)                       \
    {                                                                \
        mode_t mode = 0;                                             \
        if (flags & (O_CREAT | O_TMPFILE)) {                         \
            va_list rest;                                            \
            va_start(rest, flags);                                   \
            mode = va_arg(rest, mode_t);                             \
            va_end(rest);                                            \
        }                                                            \
        return is_node(path) ? open_camera() : REAL(name)(path, flags, mode); \
    }
WRAP_OPEN(open)
WRAP_OPEN(open64)

int ioctl(int fd, unsigned long request, ...)
{
    va_list rest;
    va_start(rest, request);
    void *data = va_arg(rest, void *);
    va_end(rest);
    struct camera *camera = find(fd);
    return camera ? answer(camera, (uint32_t)request, data) : REAL(ioctl)(fd, request, data);
}

int close(int fd)
{
    struct camera *camera = find(fd);
    if (camera) {
        pthread_mutex_lock(&lock);
        camera->fd = -1;
        pthread_mutex_unlock(&lock);
    }
    return REAL(close)(fd);
}

static void *map_buffer(struct camera *camera, size_t length, int index)
{
    if (index >= camera->buffer_count) { errno = EINVAL; return MAP_FAILED; }
    void *start = REAL(mmap)(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return start;
    camera->start[index] = start;
    camera->length[index] = length;
    return start;
}

#define WRAP_MMAP(name, offset_type)                                                          \
    void *name(void *where, size_t length, int protection, int flags, int fd, offset_type offset) \
    {                                                                                         \
        struct camera *camera = find(fd);                                                     \
        if (camera) return map_buffer(camera, length, offset / BUFFER_STRIDE);                \
        return REAL(name)(where, length, protection, flags, fd, offset);                      \
    }
WRAP_MMAP(mmap, off_t)
WRAP_MMAP(mmap64, off64_t)

int inotify_add_watch(int fd, const char *path, uint32_t mask)
{
    const char *watched = getenv("FAKECAM_WATCHED");
    int is_dev = watched && path && (!strcmp(path, "/dev") || !strcmp(path, "/dev/"));
    return REAL(inotify_add_watch)(fd, is_dev ? watched : path, mask);
}

/* ---- the /dev listing and stat ---- */

DIR *opendir(const char *path)
{
    DIR *listing = REAL(opendir)(path);
    if (node() && (!strcmp(path, "/dev") || !strcmp(path, "/dev/"))) {
        dev_listing = listing;
        is_node_listed = 0;
    }
    return listing;
}

int closedir(DIR *listing)
{
    if (listing == dev_listing) dev_listing = NULL;
    return REAL(closedir)(listing);
}

#define WRAP_READDIR(name, entry_type)                                                          \
    struct entry_type *name(DIR *listing)                                                       \
    {                                                                                           \
        static struct entry_type entry;                                                         \
        struct entry_type *next = REAL(name)(listing);                                          \
        if (next || listing != dev_listing || !node() || is_node_listed || mood_is("gone")) return next; \
        is_node_listed = 1;                                                                     \
        memset(&entry, 0, sizeof entry);                                                        \
        entry.d_ino = 4242;                                                                     \
        entry.d_reclen = sizeof entry;                                                          \
        entry.d_type = DT_CHR;                                                                  \
        strncpy(entry.d_name, node() + strlen("/dev/"), sizeof entry.d_name - 1);               \
        return &entry;                                                                          \
    }
WRAP_READDIR(readdir, dirent)
WRAP_READDIR(readdir64, dirent64)

#define WRAP_STAT(name, stat_type)                                   \
    int name(const char *path, struct stat_type *seen)               \
    {                                                                \
        if (!is_node(path)) return REAL(name)(path, seen);           \
        memset(seen, 0, sizeof *seen);                               \
        seen->st_mode = S_IFCHR | 0666;                              \
        seen->st_rdev = makedev(81, 0);                              \
        seen->st_nlink = 1;                                          \
        seen->st_ino = 4242;                                         \
        return 0;                                                    \
    }
WRAP_STAT(stat, stat)
WRAP_STAT(lstat, stat)
WRAP_STAT(stat64, stat64)
WRAP_STAT(lstat64, stat64)

int statx(int folder, const char *path, int flags, unsigned mask, struct statx *seen)
{
    if (!is_node(path)) return REAL(statx)(folder, path, flags, mask, seen);
    memset(seen, 0, sizeof *seen);
    seen->stx_mask = STATX_BASIC_STATS;
    seen->stx_mode = S_IFCHR | 0666;
    seen->stx_nlink = 1;
    seen->stx_ino = 4242;
    seen->stx_rdev_major = 81;
    return 0;
}

int access(const char *path, int mode)
{
    if (!is_node(path)) return REAL(access)(path, mode);
    return mood_is("denied") ? fail(EACCES) : 0;
}
