// SVAR Gantt for React, as its documentation sets it up.
import '@svar-ui/react-gantt/all.css';
import {Gantt, Willow} from '@svar-ui/react-gantt';
import {createRoot} from 'react-dom/client';
import {drive} from './page.js';

const scales = [{unit: 'month', step: 1, format: '%F %Y'}, {unit: 'day', step: 1, format: '%j'}];
const root = createRoot(document.getElementById('peer'));
let api;
const draw = ({tasks, links}) => root.render(
    <Willow fonts={false}><Gantt tasks={tasks} links={links} scales={scales} cellHeight={24} init={(its) => { api = its; }}/></Willow>);

draw({tasks: [], links: []});
drive({
    prepare: (columns) => ({
        tasks: columns.start.map((start, i) => ({
            id: i + 1, text: columns.names[i], start: new Date(start), end: new Date(columns.finish[i]), parent: columns.parents[i],
            type: columns.kinds[i], open: columns.kinds[i] === 'summary', progress: 0,
        })),
        links: columns.from.map((from, i) => ({id: i + 1, source: from, target: columns.to[i], type: 'e2s'})),
    }),
    view: draw,
    lengthen: (id) => {
        const {start, end} = api.getTask(id);
        api.exec('update-task', {id, task: {start, end: new Date(end.getTime() + 86400000)}});
    },
    bar: (id) => document.querySelector(`.wx-bar[data-id="${id}"]`),
    scrollTo: (y) => api.exec('scroll-chart', {top: y}),
    scrolled: () => api.getState().scrollTop,
});
