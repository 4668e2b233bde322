// The private memory of a browser's processes (what each would give back if it ended), from /proc, in MB.
import {readFileSync, readdirSync} from 'node:fs';

function read(file) {
    try {
        return readFileSync(file, 'utf8');
    } catch {
        return '';  // it has ended meanwhile
    }
}

function privateMegabytes(pid) {
    const rollup = read(`/proc/${pid}/smaps_rollup`);
    const kilobytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)].reduce((sum, line) => sum + Number(line[1]), 0);
    return kilobytes / 1024;
}

// {renderer, gpu} of the browser that runs with this profile folder. The page's renderer is the largest one.
export function memoryOf(profile) {
    const command = (pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const browser = pids.find((pid) => command(pid).includes(`--user-data-dir=${profile}`) && !command(pid).includes('--type='));
    if (!browser) throw new Error('the browser is not to be found');
    const parent = new Map(pids.map((pid) => [pid, /^\d+ \(.*\) \S (\d+)/s.exec(read(`/proc/${pid}/stat`))?.[1]]));
    const isInside = (pid) => {
        for (let at = pid; at && at !== '1'; at = parent.get(at)) if (at === browser) return true;
        return false;
    };
    const largest = (type) => Math.max(0, ...pids.filter((pid) => command(pid).includes(`--type=${type}`) && isInside(pid))
        .map(privateMegabytes));
    return {renderer: largest('renderer'), gpu: largest('gpu-process')};
}
