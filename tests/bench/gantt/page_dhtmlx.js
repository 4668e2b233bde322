// DHTMLX Gantt as its documentation sets it up for large plans: smart rendering (its default), a background drawn once.
import {gantt} from 'dhtmlx-gantt';
import 'dhtmlx-gantt/codebase/dhtmlxgantt.css';
import {drive} from './page.js';

gantt.config.static_background = true;
gantt.config.work_time = false;
gantt.config.date_format = '%Y-%m-%d %H:%i';
gantt.config.scales = [{unit: 'month', step: 1, format: '%F %Y'}, {unit: 'day', step: 1, format: '%j'}];
gantt.config.row_height = 24;
gantt.config.bar_height = 14;
gantt.init('peer');

drive({
    prepare: (columns) => ({
        data: columns.start.map((start, i) => ({
            id: i + 1, text: columns.names[i], start_date: new Date(start), end_date: new Date(columns.finish[i]),
            parent: columns.parents[i],
            type: {summary: 'project', milestone: 'milestone', task: 'task'}[columns.kinds[i]], open: true, progress: 0,
        })),
        links: columns.from.map((from, i) => ({id: i + 1, source: from, target: columns.to[i], type: '0'})),
    }),
    view: (data) => gantt.parse(data),
    lengthen: (id) => {
        const task = gantt.getTask(id);
        task.end_date = new Date(task.end_date.getTime() + 86400000);
        gantt.updateTask(id);
    },
    bar: (id) => gantt.getTaskNode(id),
    scrollTo: (y) => gantt.scrollTo(null, y),
    scrolled: () => gantt.getScrollState().y,
});
