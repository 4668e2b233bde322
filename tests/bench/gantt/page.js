// What a peer's page offers to the benchmark: the same steps with the same clock. A step is timed from the call to the second
// animation frame after it: by then the frame that shows it has been laid out and handed over to be drawn.

const frame = () => new Promise(requestAnimationFrame);

async function shown() {
    await frame();
    await frame();
}

export function drive(peer) {
    let data;
    window.bench = {
        async load(address) {
            data = peer.prepare(await (await fetch(address)).json());
        },
        async view() {
            await shown();
            const begun = performance.now();
            peer.view(data);
            await shown();
            const took = performance.now() - begun;
            data = undefined;
            return took;
        },
        async edit(id) {
            const before = peer.lengthOf(id);
            await shown();
            const begun = performance.now();
            peer.lengthen(id);
            await shown();
            const took = performance.now() - begun;
            if (peer.lengthOf(id) !== before + 1) throw new Error('the length did not change');
            return took;
        },
        async scroll(frames, step) {
            const times = [];
            let y = peer.scrolled();
            await shown();
            let last = performance.now();
            for (let i = 0; i < frames; ++i) {
                peer.scrollTo(y += step);
                await frame();
                const now = performance.now();
                times.push(now - last);
                last = now;
            }
            if (peer.scrolled() < step) throw new Error('it did not scroll');
            return times;
        },
    };
}
