// What a peer's page offers to the benchmark: the same steps with the same clock as ours. A step is timed from the call until the frame
// that shows it has been laid out and handed over to be drawn: the animation frame in which the page's elements say so, and the first
// task after it.

const frame = () => new Promise(requestAnimationFrame);
const channel = new MessageChannel();
const task = () => new Promise((resolve) => { channel.port1.onmessage = resolve; channel.port2.postMessage(0); });

// A person presses while nothing moves. Right after a frame in which nothing changed the browser would let its next one wait for a
// sixtieth of a second, whatever the program does: that would be measured, and not the program.
const rest = () => new Promise((resolve) => { setTimeout(resolve, 100); });

async function until(isShown) {
    do await frame(); while (!isShown());
    await task();
}

// peer.bar(id) is the element of a task's bar, or null while there is none.
export function drive(peer) {
    let data;
    window.bench = {
        async load(address) {
            data = peer.prepare(await (await fetch(address)).json());
        },
        async view(first) {
            await until(() => true);
            await rest();
            const begun = performance.now();
            peer.view(data);
            await until(() => peer.bar(first));
            const took = performance.now() - begun;
            data = undefined;
            return took;
        },
        async edit(id) {
            const before = peer.bar(id).offsetWidth;
            await until(() => true);
            await rest();
            const begun = performance.now();
            peer.lengthen(id);
            await until(() => peer.bar(id).offsetWidth > before);
            return performance.now() - begun;
        },
        async scroll(frames, step, turn) {
            const times = [];
            let y = peer.scrolled();
            await frame();
            let last = performance.now();
            for (let i = 0; i < frames; ++i) {
                peer.scrollTo(y += Math.floor(i / turn) % 2 ? -step : step);
                await frame();
                const now = performance.now();
                times.push(now - last);
                last = now;
            }
            if (Math.abs(peer.scrolled() - y) > step * frames * 0.1 || peer.scrolled() === 0) throw new Error('it did not scroll');
            return times;
        },
    };
}
