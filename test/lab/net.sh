#!/usr/bin/env bash
# A street of homes on one machine: network namespaces, NATs and a slow wire, to test what crosses networks.
#
#                    street (the internet, 10.77.0.0/24)
#      ┌────────────────┼──────────────────┐
#   server          routera            routerb        NAT each: 10.77.0.11 and 10.77.0.12
#   10.77.0.5      ┌────┼────┐             │
#                homea homec boxa      homeb homed
#                 .2    .3    .9        .2    .3      on 192.168.1.0/24, the same numbers in both homes
#
#   net.sh up cone|symmetric      build it; cone keeps a port for all destinations, symmetric takes a new one for each
#   net.sh down                   take it away
#   net.sh cut|join a|b           unplug a home's router from the street, or plug it in
#   net.sh loss a|b PROBABILITY   lose that share of the packets through a router (0: none)
#   net.sh delay a|b MS           let every packet take so long, one way (0: none)
#   net.sh rate a|b KBIT          let no more leave a home in a second; up to 200 ms of it wait, the rest is lost (0: no bound)
#   net.sh blockudp a|b on|off    let no UDP through a router, as some offices and hotels do
#   net.sh forward a|b HOST PORT…  let a home's router hand on what comes for these ports, by TCP and UDP, to 192.168.1.HOST
#   net.sh sweep                  take away what labs left whose owner is no more
#
# HEARTH_LAB names the lab, and starts with the process id of its owner: two labs never meet. A program runs in a home
# with `ip netns exec hearth-$HEARTH_LAB-homea PROGRAM`. Needs root, iproute2, iptables, ethtool and python3;
# `rate` needs the kernel's token bucket (tbf).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
nodes='street server routera routerb homea homeb homec homed boxa'
prefix="hearth-${HEARTH_LAB:-}-"
run() { ip netns exec "$prefix$1" "${@:2}"; }
wire_pid() { echo "${TMPDIR:-/tmp}/${prefix}wire$1.pid"; }

stop_wire() {
  local file
  file=$(wire_pid "$1")
  if [ -f "$file" ]; then kill "$(cat "$file")" 2>/dev/null || true; fi
  rm -f "$file"
}

# plug NODE INTERFACE NODE INTERFACE: a cable. Both ends are born inside, so nothing shows outside the lab.
plug() {
  ip link add "$2" netns "$prefix$1" type veth peer name "$4" netns "$prefix$3"
  run "$1" ip link set "$2" up
  run "$3" ip link set "$4" up
}

# home_device NODE LETTER HOST: a device on a home's switch, with the router as its way out.
home_device() {
  plug "$1" eth0 "router$2" "$1"
  run "router$2" ip link set "$1" master lan
  run "$1" ip addr add "192.168.1.$3/24" dev eth0
  run "$1" ip route add default via 192.168.1.1
}

# What is for nobody gets lost on the way, as out there. An error instead would make coturn end the session.
way_out() {
  run "$1" ip neigh replace 10.77.0.1 lladdr 02:00:00:00:00:01 dev wan
  run "$1" ip route replace default via 10.77.0.1
}

nat() {
  local router="router$1" ports=()
  [ "$2" = symmetric ] && ports=(--random-fully)
  run "$router" sysctl -qw net.ipv4.ip_forward=1
  run "$router" iptables -t nat -A POSTROUTING -o wan -j MASQUERADE "${ports[@]}"
  run "$router" iptables -N WEATHER
  run "$router" iptables -A FORWARD -j WEATHER
  run "$router" iptables -A FORWARD -i wan -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
  run "$router" iptables -A FORWARD -i wan -j DROP
  # A packet that comes before ours went out must not take the port that ours is about to get.
  run "$router" iptables -A INPUT -i wan -m conntrack --ctstate NEW -j DROP
}

up() {
  local node letter
  for node in $nodes; do
    ip netns add "$prefix$node"
    # IPv6 addresses come up a second or two after their interface, and a browser drops what it is loading when they do.
    run "$node" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1 2>/dev/null || true
    run "$node" ip link set lo up
  done
  run street ip link add hub type bridge
  run street ip link set hub up
  for node in server:5 routera:11 routerb:12; do
    plug "${node%:*}" wan street "${node%:*}"
    run street ip link set "${node%:*}" master hub
    run "${node%:*}" ip addr add "10.77.0.${node#*:}/24" dev wan
    way_out "${node%:*}"
  done
  for letter in a b; do
    run "router$letter" ip link add lan type bridge
    run "router$letter" ip link set lan up
    run "router$letter" ip addr add 192.168.1.1/24 dev lan
    nat "$letter" "$1"
  done
  home_device homea a 2
  home_device homec a 3
  home_device boxa a 9
  home_device homeb b 2
  home_device homed b 3
}

down() {
  local node
  stop_wire a
  stop_wire b
  for node in $nodes; do ip netns del "$prefix$node" 2>/dev/null || true; done
}

sweep() {
  local left
  for left in $(ip netns list | sed -n 's/^hearth-\([0-9]*-[^ -]*\)-street.*/\1/p'); do
    [ -d "/proc/${left%%-*}" ] || HEARTH_LAB=$left "$0" down
  done
}

loss() {
  run "router$1" iptables -F WEATHER
  [ "$2" = 0 ] || run "router$1" iptables -A WEATHER -m statistic --mode random --probability "$2" -j DROP
}

# Interfaces come and go with a cut; the router forgets its way out and keeps its queue.
join() {
  run "router$1" ip link set wan up
  way_out "router$1"
}

# The slow end of a home's line, with the long queue that such lines have. A burst is one large packet and no more.
rate() {
  run "router$1" tc qdisc del dev wan root 2>/dev/null || true
  [ "$2" = 0 ] || run "router$1" tc qdisc add dev wan root tbf rate "${2}kbit" burst 3kb latency 200ms
}

blockudp() {
  run "router$1" iptables -D FORWARD -p udp -j DROP 2>/dev/null || true
  [ "$2" = off ] || run "router$1" iptables -I FORWARD -p udp -j DROP
}

# The router's cable to the hub is cut, and a program passes the frames from one end to the other, late.
delay() {
  local router="router$1" end node
  stop_wire "$1"
  run street ip link del "late$1" 2>/dev/null || true
  run street ip link set "$router" master hub
  [ "$2" = 0 ] && return
  run street ip link set "$router" nomaster
  run street ip link add "late$1" type veth peer name "end$1"
  for end in "$router" "late$1" "end$1"; do run street ip link set "$end" promisc on up; done
  run street ip link set "late$1" master hub
  # The wire sees raw frames: they must be whole packets with true checksums, not what a network card would finish.
  for node in server:wan routera:wan routerb:wan homea:eth0 homeb:eth0 homec:eth0 homed:eth0 boxa:eth0; do
    run "${node%:*}" ethtool -K "${node#*:}" tx off gso off tso off gro off >/dev/null 2>&1 || true
    run "${node%:*}" ip link set "${node#*:}" gso_max_segs 1
  done
  # Not through run(): the process id must be the wire's own.
  ip netns exec "${prefix}street" python3 "$here/wire.py" "$router" "end$1" "$2" </dev/null >/dev/null 2>&1 &
  echo $! >"$(wire_pid "$1")"
}

# What the people of a home with a server set in their router.
forward() {
  local router="router$1" host="192.168.1.$2" port protocol
  for port in "${@:3}"; do
    for protocol in tcp udp; do
      run "$router" iptables -t nat -A PREROUTING -i wan -p "$protocol" --dport "$port" -j DNAT --to-destination "$host"
      run "$router" iptables -I FORWARD -i wan -p "$protocol" -d "$host" --dport "$port" -j ACCEPT
    done
  done
}

case "${1:-}" in
  up) up "${2:-cone}" ;;
  down) down ;;
  cut) run "router$2" ip link set wan down ;;
  join) join "$2" ;;
  loss) loss "$2" "$3" ;;
  delay) delay "$2" "$3" ;;
  rate) rate "$2" "$3" ;;
  blockudp) blockudp "$2" "$3" ;;
  forward) forward "${@:2}" ;;
  sweep) sweep ;;
  *) sed -n '2,25s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
