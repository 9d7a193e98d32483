#!/usr/bin/env python3
"""A long cable between two interfaces: every Ethernet frame comes out of the other end, MS milliseconds later.

usage: wire.py INTERFACE INTERFACE MS

For kernels without netem. Frames stay in order. Ends with its process.
"""
import collections
import select
import socket
import sys
import time

ALL_PROTOCOLS = 3
MAX_FRAME = 65536
FRAMES_A_TURN = 256


def open_end(interface):
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
    end.bind((interface, 0))
    end.setblocking(False)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    return end


def take_frames(end, on_the_way, due):
    for _ in range(FRAMES_A_TURN):
        try:
            frame, (_, _, kind, _, _) = end.recvfrom(MAX_FRAME)
        except BlockingIOError:
            return
        if kind != socket.PACKET_OUTGOING:  # else it is one that we put there
            on_the_way.append((due, frame))


def deliver(end, on_the_way, now):
    while on_the_way and on_the_way[0][0] <= now:
        try:
            end.send(on_the_way.popleft()[1])
        except OSError:
            pass  # the far end is down: the frame is lost, as on any cable


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    ends = [open_end(interface) for interface in sys.argv[1:3]]
    delay = float(sys.argv[3]) / 1000
    to_far_end = [collections.deque(), collections.deque()]
    while True:
        now = time.monotonic()
        next_due = min((frames[0][0] for frames in to_far_end if frames), default=now + 1)
        ready, _, _ = select.select(ends, [], [], max(0, next_due - now))
        now = time.monotonic()
        for here, there in ((0, 1), (1, 0)):
            if ends[here] in ready:
                take_frames(ends[here], to_far_end[here], now + delay)
            deliver(ends[there], to_far_end[here], now)


if __name__ == "__main__":
    main()
