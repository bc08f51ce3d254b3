/** How a grade is drawn wherever it is named. */

import { styles } from "./text.js";

const UNGRADED = { colour: "#5b6470", ink: "#ffffff", mark: "circle", hatch: "dots" };

/** The style of a grade; a site that is not graded yet is grey. */
export const gradeStyle = (grade) => styles.Grade[grade] || UNGRADED;
