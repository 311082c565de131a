/** The one place that knows which Preact there is: its version is the WebJar's of the root pom. */
export { Component, Fragment, h, render } from '/webjars/preact/10.28.0/dist/preact.module.js';
